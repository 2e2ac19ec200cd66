namespace Hotline.Server.Tests.Channels.Twilio.Fake;

/// <summary>A request that the fake provider got, whatever it answered.</summary>
public sealed record FakeRequest(string Method, string Target, IReadOnlyList<KeyValuePair<string, string>> Form)
{
    public string? this[string name] => Form.Where(p => p.Key == name).Select(p => p.Value).SingleOrDefault();
}
