using Hotline.Server.Cases;
using Hotline.Server.Channels.DirectLine;
using Hotline.Server.Channels.Twilio;
using Hotline.Server.Channels.WebChat;
using Hotline.Server.Desk;
using Hotline.Server.Hosting;
using Hotline.Server.Privacy;
using Hotline.Server.StaffConsole;
using Hotline.Server.Storage;
using Hotline.Server.Turns;
using Hotline.Server.Upkeep;

var builder = WebApplication.CreateBuilder(args);
builder.AddHosting();
builder.Services.AddPrivacy();
builder.Services.AddCases();
builder.Services.AddTurns();
builder.Services.AddConversations(builder.Configuration);
builder.Services.AddTwilio(builder.Configuration);
builder.Services.AddDirectLine().AddWebChat();
builder.Services.AddDesk().AddStaffConsole();
builder.WebHost.UseStaticWebAssets();

await using var app = builder.Build(); // what is open is closed, and the logs of the databases are emptied
if (app.FindFaults() is { Count: > 0 } faults)
{
    foreach (var fault in faults)
    {
        Console.Error.WriteLine($"settings: {fault}");
    }

    return 2;
}

if (await app.RunCommandAsync(args) is { } done)
{
    return done;
}

if (await app.FindDataFaultAsync() is { } dataFault)
{
    Console.Error.WriteLine($"data: {dataFault}");
    return 2;
}

if (args is ["admin", "reset-first-login", ..])
{
    await app.UpgradeCasesAsync();
    await app.ResetFirstSignInAsync();
    Console.WriteLine("All staff accounts are removed. The next start prints a first sign-in link.");
    return 0;
}

// Compiling the phrases and upgrading the database do not need each other, and together they fit the start.
var reading = Task.Run(() => (IsGood: app.LoadContent(out var found), Diagnostics: found));
await app.UpgradeCasesAsync();
var content = await reading;
if (!content.IsGood)
{
    foreach (var diagnostic in content.Diagnostics)
    {
        Console.Error.WriteLine(diagnostic);
    }

    Console.Error.WriteLine("content: the files are broken and there is no earlier content to run on");
    return 2;
}

app.UseTrustedProxies().UseGracefulStop();
app.Services.GetRequiredService<Readiness>().Map(app);
app.MapStaffConsole();
app.MapTwilio();
app.MapDirectLine().MapWebChat();

var firstSignIn = await app.FirstSignInAsync();
await app.StartAsync();
var listen = app.Services.GetRequiredService<ListenOptions>();
Console.WriteLine($"Web chat:      {listen.Public}/");
Console.WriteLine($"Staff console: {listen.Staff}/");
if (firstSignIn is not null)
{
    Console.WriteLine($"First sign-in: {listen.Staff}{firstSignIn}");
}

await app.WaitForShutdownAsync();
return 0;
