using Hotline.Localization;

namespace Hotline.Resources;

/// <summary>What a person looks for. What is <c>null</c> does not matter.</summary>
/// <param name="Need">Such as <c>labour</c>, <c>violence</c>, <c>papers</c>.</param>
/// <param name="Country">The country whose services are wanted.</param>
/// <param name="Language">Entries that speak it come first; others follow.</param>
/// <param name="FromAbroad">The person is in another country: only numbers that work from there, or a web address.</param>
public sealed record ResourceQuery(string? Need = null, string? Country = null, LanguageTag? Language = null, bool FromAbroad = false);
