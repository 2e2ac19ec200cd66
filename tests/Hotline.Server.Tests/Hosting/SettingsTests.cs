using Hotline.Server.Hosting;
using Microsoft.Extensions.Configuration;
using Xunit;

namespace Hotline.Server.Tests.Hosting;

public sealed class SettingsTests
{
    [Theory]
    [InlineData("Listen:Public", "http://localhost:1", null)]
    [InlineData("listen:public", "http://localhost:1", null)]
    [InlineData("Listen:TrustedProxies:0", "10.0.0.1", null)]
    [InlineData("Listen:Pubic", "x", "Listen:Pubic is not a setting; known here: DrainSeconds, Public, Staff, TrustedProxies")]
    [InlineData("Deep:Inner:0:Name", "x", null)]
    [InlineData("Deep:Inner:0:Nmae", "x", "Deep:Inner:0:Nmae is not a setting; known here: Name")]
    [InlineData("Deep:Map:anything", "x", null)]
    [InlineData("Deep:One:Nmae", "x", "Deep:One:Nmae is not a setting; known here: Name")]
    [InlineData("Logging:Whatever", "x", null)]
    public void FindUnknown_NamesTheKeyAndWhatIsKnown(string key, string value, string? fault)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection([new(key, value)]).Build();
        var faults = SettingsCheck.FindUnknown(configuration, [new("Listen", typeof(ListenOptions), _ => { }), new("Deep", typeof(Deep), _ => { })]);
        Assert.Equal(fault is null ? [] : [fault], faults);
    }

    [Theory]
    [InlineData("http://localhost:5080", "http://localhost:5081", null)]
    [InlineData("localhost:5080", "http://localhost:5081", "Listen:Public must be an address")]
    [InlineData("http://localhost:5080/x", "http://localhost:5081", "Listen:Public must be an address")]
    [InlineData("http://localhost:5080", "http://localhost:5080", "Listen:Staff must have another port")]
    public void Listen_SaysWhichAddressIsFaulty(string publicUrl, string staff, string? fault)
    {
        var result = new ListenOptionsCheck().Validate(null, new ListenOptions { Public = publicUrl, Staff = staff });
        Assert.Equal(fault is null, result.Succeeded);
        if (fault is not null)
        {
            Assert.StartsWith(fault, result.FailureMessage, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Data_FolderThatCannotBeWritten_IsNamed()
    {
        var result = new DataOptionsCheck().Validate(null, new DataOptions { Path = "/proc/hotline" });
        Assert.StartsWith("Data:Path must be a folder that the server can write to", result.FailureMessage, StringComparison.Ordinal);
    }

    private sealed class Deep
    {
        public IList<Inner> Inner { get; set; } = [];

        public Dictionary<string, string> Map { get; set; } = [];

        public Inner? One { get; set; }
    }

    private sealed class Inner
    {
        public string Name { get; set; } = "";
    }
}
