namespace Hotline.Cli;

/// <summary>What a command may touch of the world, so that tests can stand in for it.</summary>
internal sealed record Terminal(Stream In, TextWriter Out, TextWriter Error, string WorkingDirectory, TimeProvider Clock);
