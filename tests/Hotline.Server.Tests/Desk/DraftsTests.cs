using Hotline.Server.Desk;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace Hotline.Server.Tests.Desk;

public sealed class DraftsTests
{
    [Fact]
    public async Task Draft_SurvivesTheServer_Sealed_AndReplyAndNoteStayApart()
    {
        await using var f = await DeskFixture.StartAsync();
        var (reply, note) = (new DraftKey("s1", "t1", "reply"), new DraftKey("s1", "t1", "note"));
        using (var drafts = f.NewDrafts())
        {
            drafts.Write(reply, "Can you");
            drafts.Write(reply, "Can you write?");
            drafts.Write(note, "calls from a shop");
            Assert.Equal("Can you write?", await drafts.ReadAsync(reply, default));
            await drafts.FlushAsync(default);
        }

        using var next = f.NewDrafts();
        Assert.Equal("Can you write?", await next.ReadAsync(reply, default));
        Assert.Equal("calls from a shop", await next.ReadAsync(note, default));
        Assert.Equal("", await next.ReadAsync(reply with { Staff = "s2" }, default));
        await using (var db = f.CreateDbContext())
        {
            Assert.DoesNotContain("write?", System.Text.Encoding.UTF8.GetString((await db.Drafts.FirstAsync(d => d.Editor == "reply")).SealedText), StringComparison.Ordinal);
        }

        next.Write(reply, "");
        await next.FlushAsync(default);
        using var last = f.NewDrafts();
        Assert.Equal("", await last.ReadAsync(reply, default));
    }
}
