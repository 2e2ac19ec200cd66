namespace Hotline.Sources;

/// <summary>Collects every complaint of a load or a check; reading never stops at the first.</summary>
public sealed class DiagnosticBag
{
    private readonly List<Diagnostic> _items = [];

    public IReadOnlyList<Diagnostic> Items => _items;

    public bool HasErrors => _items.Exists(d => d.Severity == Severity.Error);

    public void Error(string code, SourceSpan span, string text, string? hint = null) =>
        _items.Add(new(Severity.Error, code, span, text, hint));

    public void Warning(string code, SourceSpan span, string text, string? hint = null) =>
        _items.Add(new(Severity.Warning, code, span, text, hint));

    public void AddRange(IEnumerable<Diagnostic> items) => _items.AddRange(items);

    /// <summary>All complaints by file, line and column.</summary>
    public IReadOnlyList<Diagnostic> Sorted() =>
        [.. _items
            .OrderBy(d => d.Span.File, StringComparer.Ordinal)
            .ThenBy(d => d.Span.Line)
            .ThenBy(d => d.Span.Column)
            .ThenBy(d => d.Code, StringComparer.Ordinal)];
}
