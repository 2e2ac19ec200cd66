namespace Hotline.Server.Channels.Twilio;

/// <summary>One parameter of a form, in the order it came.</summary>
internal readonly record struct FormPair(string Name, string Value);
