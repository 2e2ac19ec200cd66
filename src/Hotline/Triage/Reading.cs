namespace Hotline.Triage;

/// <summary>One way to read a message; what it shows stands in the evidence until the next.</summary>
/// <param name="Zawgyi">The way back to what was written, for the reading as Zawgyi.</param>
/// <param name="IsBest">The one reading that statistics look at.</param>
internal readonly record struct Reading(ZawgyiOrigin? Zawgyi, bool IsBest);
