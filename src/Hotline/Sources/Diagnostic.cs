namespace Hotline.Sources;

public enum Severity
{
    Warning,
    Error,
}

/// <summary>One complaint about content: where, which rule, what is wrong, and how to mend it.</summary>
/// <param name="Code">Stable short code such as <c>HL203</c>; listed in <see cref="DiagnosticCodes"/>.</param>
/// <param name="Hint">What the editor can do about it, or <c>null</c>.</param>
public sealed record Diagnostic(Severity Severity, string Code, SourceSpan Span, string Text, string? Hint = null)
{
    /// <summary><c>file:line:column: error CODE: text (hint)</c>, the form that editors and CI know.</summary>
    public override string ToString()
    {
        var kind = Severity == Severity.Error ? "error" : "warning";
        var hint = Hint is null ? "" : $" ({Hint})";
        return $"{Span}: {kind} {Code}: {Text}{hint}";
    }
}
