namespace Hotline.Server.Privacy;

/// <summary>The end of a contact's data key.</summary>
/// <param name="At">When the key was destroyed here.</param>
/// <param name="Final">When the last back-up that still holds it expires: from then on nobody can open what it sealed.</param>
internal sealed record Erasure(DateTimeOffset At, DateTimeOffset Final)
{
    /// <summary>Back-ups of the keys are kept this long and no longer.</summary>
    public static readonly TimeSpan BackupsLiveFor = TimeSpan.FromDays(7);
}
