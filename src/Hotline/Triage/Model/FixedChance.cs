namespace Hotline.Triage.Model;

/// <summary>Chance that is the same in every run and on every machine.</summary>
internal struct FixedChance(ulong seed)
{
    private ulong _state = seed;

    public int Next(int below)
    {
        _state = (_state * 6364136223846793005) + 1442695040888963407;
        return (int)((_state >> 33) % (ulong)below);
    }
}
