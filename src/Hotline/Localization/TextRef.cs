using Hotline.Sources;

namespace Hotline.Localization;

/// <summary>A text for people in the English source: a stable id (gettext <c>msgctxt</c>, such as <c>job_offer/fee/ask</c>) and the words.</summary>
public sealed record TextRef(string Id, string Source, SourceSpan Span);
