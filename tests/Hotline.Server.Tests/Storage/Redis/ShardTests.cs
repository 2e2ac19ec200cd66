using Hotline.Conversations;
using Hotline.Server.Privacy;
using Hotline.Server.Storage.Redis;
using Hotline.Server.Turns;
using Xunit;

namespace Hotline.Server.Tests.Storage.Redis;

public sealed class ShardTests
{
    [Fact]
    public void OfAnEvent_IsThatOfItsContact_AndTheyFillEvenly()
    {
        var pseudonyms = new Pseudonyms(new byte[32]);
        var counts = new int[Shard.Count];
        for (var i = 0; i < 25_600; i++)
        {
            var contact = pseudonyms.For(new Urn($"tel:+668{i:D8}"));
            var shard = Shard.Of(new ConversationAddress("sms", contact));
            Assert.Equal(shard, Shard.Of(EventId.Of(pseudonyms.NewConversation("sms", contact), 3, 1)));
            counts[shard.Number]++;
        }

        Assert.InRange(counts.Min(), 50, 100);
        Assert.InRange(counts.Max(), 100, 150);
    }

    [Fact]
    public void AnIdThatIsNotOurs_NamesNone() => Assert.Null(Shard.Of(new EventId("a1")));
}
