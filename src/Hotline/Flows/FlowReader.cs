using Hotline.Sources;

namespace Hotline.Flows;

/// <summary>Reads one file of <c>dialogs/flows</c>.</summary>
public static class FlowReader
{
    /// <summary>The flow, or <c>null</c> when it cannot be read (the bag says why).</summary>
    public static Flow? Read(string file, string text, DiagnosticBag bag) => null;
}
