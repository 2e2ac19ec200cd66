using Hotline.Server.Channels.Twilio;
using Hotline.Server.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Xunit;

namespace Hotline.Server.Tests.Channels.Twilio;

public class TwilioOptionsTests
{
    [Fact]
    public void Bind_EnvironmentVariablesAlone_AreEnough()
    {
        const string prefix = "HOTLINE_TEST_";
        var variables = new Dictionary<string, string>
        {
            ["Twilio__Channels__0__Name"] = "sms-th",
            ["Twilio__Channels__0__AccountSid"] = "AC00000000000000000000000000000001",
            ["Twilio__Channels__0__AuthToken"] = "secret",
            ["Twilio__Channels__0__OtherAuthTokens__0"] = "next",
            ["Twilio__Channels__0__From"] = "+66200000000",
            ["Twilio__Channels__0__PublicUrl"] = "https://line.example.org",
            ["Twilio__Channels__0__MessagesPerSecond"] = "0.5",
        };
        try
        {
            foreach (var (name, value) in variables)
                Environment.SetEnvironmentVariable(prefix + name, value);
            var options = Bind(new ConfigurationBuilder().AddEnvironmentVariables(prefix).Build());
            var channel = Assert.Single(options.Channels);
            Assert.Equal(("sms-th", "secret", "next", 0.5), (channel.Name, channel.AuthToken, channel.OtherAuthTokens.Single(), channel.MessagesPerSecond));
            Assert.Equal("https://api.twilio.com", channel.ApiUrl);
        }
        finally
        {
            foreach (var name in variables.Keys)
                Environment.SetEnvironmentVariable(prefix + name, null);
        }
    }

    [Theory]
    [InlineData("Name", "")]
    [InlineData("Name", "SMS TH")]
    [InlineData("AccountSid", "")]
    [InlineData("AccountSid", "XY12")]
    [InlineData("AuthToken", "")]
    [InlineData("OtherAuthTokens:0", "")]
    [InlineData("From", "")]
    [InlineData("From", "tel:+66")]
    [InlineData("MessagingServiceSid", "SM1")]
    [InlineData("PublicUrl", "")]
    [InlineData("PublicUrl", "line.example.org")]
    [InlineData("PublicUrl", "https://line.example.org/?x=1")]
    [InlineData("PublicUrl", "ftp://line.example.org")]
    [InlineData("ApiUrl", "api.twilio.com")]
    [InlineData("MessagesPerSecond", "-1")]
    [InlineData("DailySegments", "-1")]
    public void Validate_FaultyKey_IsNamedAndItsValueIsNot(string key, string value)
    {
        var fault = Assert.Throws<OptionsValidationException>(() => Bind(Settings(key, value)));
        Assert.Contains($"Twilio:Channels:0:{key} ", Assert.Single(fault.Failures) + " ", StringComparison.Ordinal);
        if (value.Length > 3)
            Assert.DoesNotContain(value, fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("From", "whatsapp:+66200000000")]
    [InlineData("From", "4545")]
    [InlineData("MessagingServiceSid", "MG1")]
    [InlineData("PublicUrl", "http://user:pass@localhost:5080/behind/proxy")]
    [InlineData("OutageText", "We cannot answer now. Write again later.")]
    public void Validate_GoodValue_Holds(string key, string value) => Assert.Single(Bind(Settings(key, value)).Channels);

    [Fact]
    public void Validate_TwoChannelsOfOneNameOrNumber_AreRefused()
    {
        var twice = new ConfigurationBuilder().AddConfiguration(Settings("Name", "a"))
            .AddInMemoryCollection(Settings("Name", "a").AsEnumerable().Select(p => KeyValuePair.Create(p.Key.Replace(":0", ":1", StringComparison.Ordinal), p.Value))).Build();
        var fault = Assert.Throws<OptionsValidationException>(() => Bind(twice));
        Assert.Equal(["Twilio:Channels:1:Name", "Twilio:Channels:1:From"], fault.Failures.Select(f => f.Split(' ')[0]));
    }

    [Fact]
    public void Bind_NoChannel_IsFine() => Assert.Empty(Bind(new ConfigurationBuilder().Build()).Channels);

    private static IConfigurationRoot Settings(string key, string value)
    {
        var settings = new Dictionary<string, string?>
        {
            ["Twilio:Channels:0:Name"] = "sms-th",
            ["Twilio:Channels:0:AccountSid"] = "AC01",
            ["Twilio:Channels:0:AuthToken"] = "secret",
            ["Twilio:Channels:0:From"] = "+66200000000",
            ["Twilio:Channels:0:PublicUrl"] = "https://line.example.org",
        };
        settings[$"Twilio:Channels:0:{key}"] = value;
        return new ConfigurationBuilder().AddInMemoryCollection(settings).Build();
    }

    private static TwilioOptions Bind(IConfiguration configuration)
    {
        var services = new ServiceCollection().AddSingleton(configuration);
        services.AddSection<TwilioOptions>(TwilioOptions.Section).AddSingleton<IValidateOptions<TwilioOptions>, TwilioOptionsCheck>();
        using var provider = services.BuildServiceProvider();
        return provider.GetRequiredService<IOptions<TwilioOptions>>().Value;
    }
}
