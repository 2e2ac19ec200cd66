using Hotline.Localization;

namespace Hotline.Conversations;

/// <summary>The pages of a long text that were not sent yet.</summary>
public sealed record Rest(string Text, LanguageTag Language, DateTimeOffset Since);
