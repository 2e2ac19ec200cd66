using System.Reflection;
using System.Text.Json;
using Hotline.Server.Channels.DirectLine;
using Hotline.Server.Channels.Twilio;
using Hotline.Server.Channels.WebChat;
using Hotline.Server.Desk;
using Hotline.Server.Hosting;
using Hotline.Server.Privacy;
using Hotline.Server.Tests.EndToEnd;
using Hotline.Server.Turns;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Xunit;

namespace Hotline.Server.Tests.Hosting;

/// <summary>The sample file is the manual of the settings: every key in it is known, and every key that is known stands in it.</summary>
public sealed class SettingsSampleTests
{
    private static readonly string Sample = Path.Combine(ServerProcess.RepositoryRoot, "appsettings.sample.json");

    [Fact]
    public void Sample_HasEveryKey_AndNoOther()
    {
        var sections = Sections();
        var configuration = new ConfigurationBuilder().AddJsonFile(Sample).Build();
        Assert.Empty(SettingsCheck.FindUnknown(configuration, sections));
        using var json = JsonDocument.Parse(File.ReadAllText(Sample), new() { CommentHandling = JsonCommentHandling.Skip });
        var missing = sections.SelectMany(s => json.RootElement.TryGetProperty(s.Name, out var section) ? Missing(s.Name, s.Options, section) : [s.Name]);
        Assert.Empty(missing);
        Assert.Equal(sections.Select(s => s.Name).Order(), json.RootElement.EnumerateObject().Select(p => p.Name).Order());
    }

    [Fact]
    public async Task Server_StartsWithTheSample_AndNamesAMistypedKey()
    {
        await using var server = new ServerProcess();
        File.Copy(Sample, Path.Combine(server.Data, "appsettings.json"));
        await server.StartAsync();
        await server.KillAsync();
        server.Set("Desk__FeedTokenz__0", "x");
        server.Set("Conversations__TtlDays", "many");
        Assert.Equal(2, await server.RunToEndAsync());
        Assert.Contains("settings: Desk:FeedTokenz is not a setting", server.Output, StringComparison.Ordinal);
        Assert.Contains("settings: Conversations:TtlDays has a value of the wrong kind", server.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("many", server.Output, StringComparison.Ordinal);
    }

    private static List<KnownSection> Sections()
    {
        var builder = WebApplication.CreateBuilder();
        builder.AddHosting();
        builder.Services.AddPrivacy().AddTurns();
        builder.Services.AddTwilio(builder.Configuration);
        builder.Services.AddDirectLine().AddWebChat();
        builder.Services.AddDesk();
        return [.. builder.Services.Select(s => s.ImplementationInstance).OfType<KnownSection>()];
    }

    private static IEnumerable<string> Missing(string path, Type type, JsonElement value)
    {
        foreach (var property in type.GetProperties(BindingFlags.Instance | BindingFlags.Public).Where(p => p.CanWrite))
        {
            if (!value.TryGetProperty(property.Name, out var inner))
            {
                yield return $"{path}:{property.Name}";
            }
            else if (inner.ValueKind == JsonValueKind.Array && inner.GetArrayLength() > 0 && inner[0].ValueKind == JsonValueKind.Object)
            {
                foreach (var fault in Missing($"{path}:{property.Name}:0", property.PropertyType.GetGenericArguments()[0], inner[0]))
                {
                    yield return fault;
                }
            }
        }
    }
}
