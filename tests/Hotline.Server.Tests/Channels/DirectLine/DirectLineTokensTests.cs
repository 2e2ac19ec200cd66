using System.Buffers.Text;
using System.Text;
using Hotline.Server.Channels.DirectLine;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace Hotline.Server.Tests.Channels.DirectLine;

public sealed class DirectLineTokensTests
{
    private readonly FakeTimeProvider _clock = new(new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero));
    private readonly DirectLineTokens _tokens;

    public DirectLineTokensTests() => _tokens = new(new SigningKey(new byte[32]), _clock);

    [Fact]
    public void Read_OfAnIssuedToken_GivesBackWhatWentIn()
    {
        var text = _tokens.Issue("abc", TokenUse.Chat, new("dl_u1", "Name"), ["https://a.example"]);
        var token = _tokens.Read(text)!;
        Assert.Equal(("abc", TokenUse.Chat, "dl_u1", "Name"), (token.Conversation, token.Use, token.User!.Id, token.User.Name));
        Assert.Equal(["https://a.example"], token.Origins);
        Assert.Equal(_clock.GetUtcNow().AddMinutes(30), token.Expires);
    }

    [Fact]
    public void Issue_PutsTheUserWhereClientsLook()
    {
        var claims = Encoding.UTF8.GetString(Base64Url.DecodeFromChars(_tokens.Issue("abc", TokenUse.Chat, new("dl_u1", null), []).Split('.')[1]));
        Assert.Contains("\"user\":\"dl_u1\"", claims, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_OfATokenWithAnyOneCharacterChanged_GivesNone()
    {
        var text = _tokens.Issue("abc", TokenUse.Chat, null, []);
        for (var i = 0; i < text.Length; i++)
        {
            // The last character of a part may carry bits that decoding drops; it must be refused all the same or read the same.
            var changed = text[..i] + (text[i] == 'A' ? 'B' : 'A') + text[(i + 1)..];
            Assert.True(_tokens.Read(changed) is not { } read || read.Conversation == "abc", $"changed at {i}");
        }
    }

    [Fact]
    public void Read_OfAnotherKeysToken_GivesNone()
    {
        var other = new DirectLineTokens(new SigningKey([1, .. new byte[31]]), _clock);
        Assert.Null(_tokens.Read(other.Issue("abc", TokenUse.Chat, null, [])));
    }

    [Theory]
    [InlineData("")]
    [InlineData("a.b.c")]
    [InlineData("..")]
    [InlineData("not a token")]
    public void Read_OfSomethingElse_GivesNone(string text) => Assert.Null(_tokens.Read(text));

    [Fact]
    public void Read_OfATokenThatNamesNoAlgorithm_GivesNone()
    {
        var parts = _tokens.Issue("abc", TokenUse.Chat, null, []).Split('.');
        var none = Base64Url.EncodeToString("""{"alg":"none","typ":"JWT"}"""u8);
        Assert.Null(_tokens.Read($"{none}.{parts[1]}."));
        Assert.Null(_tokens.Read($"{none}.{parts[1]}.{parts[2]}"));
    }

    [Theory]
    [InlineData((int)TokenUse.Stream, 60)]
    [InlineData((int)TokenUse.Chat, 1800)]
    [InlineData((int)TokenUse.Resume, 86400)]
    public void IsExpired_AtItsTime_AndNotBefore(int use, int seconds)
    {
        var token = _tokens.Read(_tokens.Issue("abc", (TokenUse)use, null, []))!;
        _clock.Advance(TimeSpan.FromSeconds(seconds - 1));
        Assert.False(_tokens.IsExpired(token));
        _clock.Advance(TimeSpan.FromSeconds(1));
        Assert.True(_tokens.IsExpired(token));
    }
}
