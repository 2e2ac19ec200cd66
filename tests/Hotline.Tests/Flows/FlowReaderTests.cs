using Hotline.Flows;
using Hotline.Sources;
using Xunit;

namespace Hotline.Tests.Flows;

public sealed class FlowReaderTests
{
    [Theory]
    [InlineData("a: { say: x, next: b }", "HL201")]
    [InlineData("a: { say: x, ask: y, next: end }", "HL200")]
    [InlineData("a: { next: end }", "HL200")]
    [InlineData("a: { say: x }", "HL103")]
    [InlineData("a: { say: x, next: end, colour: red }", "HL102")]
    [InlineData("a: { ask: x, save: y, next: end }", "HL223")]
    [InlineData("a: { ask: x, options: [{ id: y, text: Y, next: end }], timeout: { after: 1h, next: end } }", "HL223")]
    [InlineData("a: { ask: x, options: [], timeout: { after: 1h, next: end }, else: { next: end } }", "HL202")]
    [InlineData("a: { handoff: R9, next: end }", "HL105")]
    [InlineData("a: { branch: [{ level: R2, channel: x, next: end }], else: end }", "HL105")]
    [InlineData("a: { resources: { need: gold }, next: end, none: end }", "HL105")]
    public void Read_BadNode_IsReportedAtItsPlace(string node, string code)
    {
        var bag = new DiagnosticBag();

        FlowReader.Read("x.yaml", $"flow: x\nkind: advice\ntitle: X\nstart: a\nnodes:\n  {node}\n", bag);

        Assert.Equal(code, Assert.Single(bag.Items.Select(i => i.Code).Distinct()));
        Assert.All(bag.Items, i => Assert.Equal(6, i.Span.Line));
    }
}
