using Hotline.Server.Channels.DirectLine;
using Hotline.Server.Channels.WebChat;
using Hotline.Server.Hosting;
using Xunit;

namespace Hotline.Server.Tests.Channels.DirectLine;

public sealed class DirectLineOptionsTests
{
    [Fact]
    public void Validate_OfTheDefaults_Succeeds()
    {
        Assert.True(new DirectLineOptionsCheck().Validate(null, new()).Succeeded);
        Assert.True(new WebChatOptionsCheck().Validate(null, new()).Succeeded);
    }

    [Fact]
    public void Validate_NamesEveryFaultyKey()
    {
        var options = new DirectLineOptions
        {
            Secrets = { "long enough to be one", "short" },
            AllowedOrigins = { "https://a.example", "https://a.example/page", "a.example" },
            SigningKey = "short",
            PublicUrl = "ftp://x",
        };
        var faults = new DirectLineOptionsCheck().Validate(null, options).Failures!.Select(f => f.Split(' ')[0]);
        Assert.Equal(["DirectLine:Secrets:1", "DirectLine:AllowedOrigins:1", "DirectLine:AllowedOrigins:2", "DirectLine:SigningKey", "DirectLine:PublicUrl"], faults);
        Assert.False(new WebChatOptionsCheck().Validate(null, new() { QuickExitUrl = "javascript:alert(1)" }).Succeeded);
    }

    [Fact]
    public void SigningKey_WithoutASetting_IsMadeOnce()
    {
        var data = Directory.CreateTempSubdirectory("hotline-key-").FullName;
        try
        {
            var first = SigningKey.Load(new(), new DataOptions { Path = data });
            var second = SigningKey.Load(new(), new DataOptions { Path = data });
            Assert.Equal(first.Sign("text"u8), second.Sign("text"u8));
            Assert.NotEqual(first.Sign("text"u8), SigningKey.Load(new() { SigningKey = new('k', 32) }, new DataOptions { Path = data }).Sign("text"u8));
        }
        finally
        {
            Directory.Delete(data, recursive: true);
        }
    }
}
