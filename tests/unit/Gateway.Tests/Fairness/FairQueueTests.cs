using Codex.Gateway.Fairness;
using FsCheck;
using FsCheck.Fluent;

namespace Codex.Gateway.Tests.Fairness;

public sealed class FairQueueTests
{
    [Fact]
    public void Who_waits_alone_does_not_wait_behind_anothers_hundred()
    {
        var queue = new FairQueue(1);
        var running = queue.TryEnter("busy", 1000)!;
        var many = Enumerable.Range(0, 100).Select(_ => queue.TryEnter("busy", 1000)!).ToList();
        var one = queue.TryEnter("patient", 1000)!;

        one.Place.ShouldBe(2);
        queue.Leave(running, "busy");
        many[0].Turn.IsCompleted.ShouldBeTrue();
        queue.Leave(many[0], "busy");

        one.Turn.IsCompleted.ShouldBeTrue();
        many[1].Turn.IsCompleted.ShouldBeFalse();
    }

    [Fact]
    public void A_full_queue_takes_nobody()
    {
        var queue = new FairQueue(1);
        queue.TryEnter("a", 1).ShouldNotBeNull();
        var waiting = queue.TryEnter("b", 1)!;
        queue.TryEnter("c", 1).ShouldBeNull();

        queue.Leave(waiting, "b");
        queue.TryEnter("c", 1).ShouldNotBeNull();
    }

    [Fact]
    public void More_places_are_given_out_at_once_and_fewer_when_they_come_free()
    {
        var queue = new FairQueue(1);
        var tickets = Enumerable.Range(0, 4).Select(i => queue.TryEnter($"{i}", 10)!).ToList();
        queue.Resize(3);
        tickets.Count(t => t.Turn.IsCompleted).ShouldBe(3);

        queue.Resize(1);
        queue.Leave(tickets[0], "0");
        queue.Leave(tickets[1], "1");
        tickets[3].Turn.IsCompleted.ShouldBeFalse();
        queue.Leave(tickets[2], "2");
        tickets[3].Turn.IsCompleted.ShouldBeTrue();
    }

    /// <summary>Each number is one step: of party n mod 5, in one of three ways.</summary>
    [Fact]
    public void Whatever_happens_the_limit_holds_nobody_starves_and_no_place_is_lost()
    {
        Prop.ForAll(Gen.Choose(1, 4).ToArbitrary(), Gen.Choose(0, 10_000).ListOf().ToArbitrary(), (places, steps) =>
        {
            var queue = new FairQueue(places);
            var waiting = new List<(FairQueueTicket Ticket, string Party)>();
            var running = new List<(FairQueueTicket Ticket, string Party)>();
            // How often others were served since this one began to wait: never more than the place it was told says.
            var overtaken = new Dictionary<FairQueueTicket, int>();
            foreach (var step in steps)
            {
                var party = $"p{step % 5}";
                switch (step / 5 % 3)
                {
                    case 0 when queue.TryEnter(party, 20) is { } ticket:
                        (ticket.Turn.IsCompleted ? running : waiting).Add((ticket, party));
                        overtaken[ticket] = 0;
                        break;
                    case 1 when running.Count > 0:
                        Leave(running, step);
                        break;
                    case 2 when waiting.Count > 0:
                        Leave(waiting, step);
                        break;
                }

                var admitted = waiting.Where(w => w.Ticket.Turn.IsCompleted).ToList();
                waiting.RemoveAll(admitted.Contains);
                running.AddRange(admitted);
                foreach (var (ticket, _) in waiting)
                    overtaken[ticket] += admitted.Count;

                queue.Running.ShouldBe(running.Count);
                queue.Waiting.ShouldBe(waiting.Count);
                running.Count.ShouldBeLessThanOrEqualTo(places);
                if (waiting.Count > 0)
                    running.Count.ShouldBe(places, "no place stays free while somebody waits");
                // Parties that come later each get one turn in before it, at most as many as it was told plus theirs.
                foreach (var (ticket, _) in waiting)
                    overtaken[ticket].ShouldBeLessThan(ticket.Place * 5);
            }

            while (running.Count > 0)
            {
                Leave(running, 0);
                var admitted = waiting.Where(w => w.Ticket.Turn.IsCompleted).ToList();
                waiting.RemoveAll(admitted.Contains);
                running.AddRange(admitted);
            }

            waiting.ShouldBeEmpty();

            void Leave(List<(FairQueueTicket Ticket, string Party)> list, int step)
            {
                var (ticket, party) = list[step % list.Count];
                list.RemoveAt(step % list.Count);
                queue.Leave(ticket, party);
                // A second time changes nothing.
                queue.Leave(ticket, party);
            }
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void The_place_told_is_the_turn_it_gets_when_nobody_else_comes()
    {
        Prop.ForAll(Gen.Choose(0, 3).ListOf().ToArbitrary(), parties =>
        {
            var queue = new FairQueue(1);
            var last = queue.TryEnter("first", 0)!;
            var lastParty = "first";
            FairQueueTicket? told = null;
            var tickets = new List<(FairQueueTicket Ticket, string Party)>();
            foreach (var party in parties)
                tickets.Add((told = queue.TryEnter($"{party}", int.MaxValue)!, $"{party}"));
            if (told is null)
                return;
            for (var turn = 1; ; turn++)
            {
                queue.Leave(last, lastParty);
                (last, lastParty) = tickets.Single(t => t.Ticket.Turn.IsCompleted);
                tickets.RemoveAll(t => t.Ticket.Turn.IsCompleted);
                if (last == told)
                {
                    turn.ShouldBe(told.Place);
                    return;
                }
            }
        }).QuickCheckThrowOnFailure();
    }
}
