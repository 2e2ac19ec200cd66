using System.Text;
using Hotline.Cli;

var utf8 = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);
Console.OutputEncoding = utf8;
await using var output = new StreamWriter(Console.OpenStandardOutput(), utf8, 65_536);
await using var error = new StreamWriter(Console.OpenStandardError(), utf8) { AutoFlush = true };
using var input = Console.OpenStandardInput();
return Tool.Run(args, new Terminal(input, output, error, Directory.GetCurrentDirectory(), TimeProvider.System));
