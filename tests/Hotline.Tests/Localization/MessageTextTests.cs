using Hotline.Localization;
using Xunit;

namespace Hotline.Tests.Localization;

public sealed class MessageTextTests
{
    [Theory]
    [InlineData("no placeholder", "no placeholder")]
    [InlineData("{service}: hello", "Safe Way: hello")]
    [InlineData("a\nCall {phone:th_1}\nb", "a\nCall 123\nb")]
    [InlineData("a\nCall {phone:none}\nb", "a\nb")]
    [InlineData("{service} {phone:none}\nb", "b")]
    [InlineData("{not closed", "{not closed")]
    [InlineData("{} {a b} }", "{} {a b} }")]
    [InlineData("{{service}}", "{Safe Way}")]
    public void Format_fills_and_leaves_out_lines_without_value(string text, string expected) =>
        Assert.Equal(expected, MessageText.Format(text, name => name switch
        {
            "service" => "Safe Way",
            "phone:th_1" => "123",
            _ => null,
        }));

    [Fact]
    public void Placeholders_in_order_with_doubles() =>
        Assert.Equal(["a", "phone:x", "a"], MessageText.Placeholders("{a} {phone:x} {a} {b c}"));

    [Theory]
    [InlineData("{a} b", false)]
    [InlineData("{a} }", true)]
    [InlineData("{a b}", true)]
    [InlineData("{{a}}", true)]
    public void HasStrayBrace_sees_braces_outside_placeholders(string text, bool stray) =>
        Assert.Equal(stray, MessageText.HasStrayBrace(text));
}
