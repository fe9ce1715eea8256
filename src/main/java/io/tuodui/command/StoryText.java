package io.tuodui.command;

import io.tuodui.deadletter.DeadLetter;
import io.tuodui.explain.Story;
import io.tuodui.explain.Story.Asked;
import io.tuodui.explain.Story.Attempt;
import io.tuodui.job.LedgerTask;
import io.tuodui.task.TaskPlace;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** The story of an id for people: what happened in the order of time, then how it stands. */
final class StoryText {
  private record Event(Instant at, String text) {}

  private final Story story;
  private final List<Event> events = new ArrayList<>();

  private StoryText(Story story) {
    this.story = story;
    story.jobs().forEach(this::asked);
    story.attempts().forEach(this::attempted);
    story.deadLetters().forEach(this::died);
    // After all else of the same moment.
    story.jobs().forEach(this::closed);
    events.sort(Comparator.comparing(Event::at));
  }

  static List<String> of(Story story) {
    StoryText text = new StoryText(story);
    List<String> lines = new ArrayList<>();
    lines.add("Item " + story.itemId() + " (" + story.source() + "), times in UTC");
    text.events.forEach(event -> lines.add("  " + Times.text(event.at()) + "  " + event.text()));
    lines.add("Now");
    story.jobs().forEach(asked -> lines.add("  job       " + state(asked)));
    lines.add("  queue     " + place(story.queue()));
    lines.add("  item      " + text.item());
    lines.add("  raw reply " + text.reply());
    return lines;
  }

  private void asked(Asked asked) {
    add(asked.askedAt(), "asked for by job " + asked.job() + " (" + asked.origin() + ")");
  }

  private void closed(Asked asked) {
    if (asked.closedAt() != null) {
      add(
          asked.closedAt(),
          "job " + asked.job() + " explained: " + asked.state() + " " + how(asked));
    }
  }

  private static String how(Asked asked) {
    if (asked.answered().equals(LedgerTask.FRESH)) {
      return "by what was stored lately enough";
    }
    return (asked.answered().equals(LedgerTask.SHARED)
            ? "by a call that counts for another job"
            : "after " + DeadLetterOptions.count(asked.calls(), "call"))
        + (asked.account() == null ? "" : ", the last by account " + asked.account());
  }

  private void attempted(Attempt attempt) {
    StringBuilder text = new StringBuilder("attempt ").append(attempt.attempt());
    text.append(" on node ").append(attempt.node());
    if (attempt.account() != null) {
      text.append(", account ").append(attempt.account());
    }
    if (attempt.calls() > 1) {
      text.append(", ").append(attempt.calls()).append(" calls");
    }
    text.append(": ").append(attempt.replyClass());
    if (attempt.code() != null) {
      text.append(' ').append(attempt.code());
    }
    if (attempt.httpStatus() != null) {
      text.append(", HTTP ").append(attempt.httpStatus());
    }
    if (attempt.message() != null) {
      text.append(" (").append(attempt.message().replaceAll("\\s+", " ")).append(')');
    }
    if (attempt.waitMillis() != null) {
      text.append("; due again ")
          .append(
              attempt.waitMillis() == 0
                  ? "at once"
                  : "after " + Times.text(Duration.ofMillis(attempt.waitMillis())));
    }
    add(attempt.at(), text.toString());
  }

  private void died(DeadLetter letter) {
    add(
        letter.diedAt(),
        "dead letter "
            + letter.id()
            + ": given up after "
            + DeadLetterOptions.count(letter.attempts(), "attempt")
            + ", "
            + letter.replyClass()
            + (letter.code() == null ? "" : " " + letter.code()));
    if (letter.replayedAt() != null) {
      add(letter.replayedAt(), "dead letter " + letter.id() + " replayed: due again");
    }
    if (letter.discardedAt() != null) {
      add(letter.discardedAt(), "dead letter " + letter.id() + " discarded");
    }
  }

  private void add(Instant at, String text) {
    events.add(new Event(at, text));
  }

  private static String state(Asked asked) {
    return String.format(
        Locale.ROOT,
        "%d (%s): %s, %s%s%s",
        asked.job(),
        asked.jobState(),
        asked.state(),
        DeadLetterOptions.count(asked.calls(), "call"),
        asked.refused() == 0 ? "" : " (" + asked.refused() + " refused as too many)",
        asked.code() == null ? "" : ", the last: " + asked.code());
  }

  private static String place(TaskPlace place) {
    if (place.leasedUntil() != null) {
      boolean over = place.leasedUntil().isBefore(place.now());
      return "held by node "
          + place.node()
          + (over ? ", whose lease ended " : " until ")
          + Times.text(place.leasedUntil())
          + (place.submittedAgain() ? "; was asked for again, and is due once more then" : "");
    }
    String failed =
        (place.attempts() == 0
                ? ""
                : ", with " + DeadLetterOptions.count(place.attempts(), "failed attempt"))
            + (place.deaths() == 0
                ? ""
                : "; "
                    + DeadLetterOptions.count(place.deaths(), "node")
                    + " died while holding it");
    if (place.ahead() != null) {
      return "due, behind "
          + DeadLetterOptions.count(place.ahead(), "other")
          + " of its part of the queue"
          + failed;
    }
    if (place.dueAt() != null) {
      Duration left = Duration.between(place.now(), place.dueAt());
      return (left.isNegative() || left.isZero()
              ? "due since " + Times.text(place.dueAt())
              : "due " + Times.text(place.dueAt()) + ", in " + Times.text(left))
          + failed;
    }
    return place.status() == null
        ? "not there: Redis knows nothing of it"
        : "not in it: " + place.status();
  }

  private String item() {
    return story.item() == null
        ? "none stored"
        : story.item().title()
            + " ("
            + story.item().status()
            + "), fetched "
            + Times.text(story.item().fetchedAt())
            + ", content hash "
            + story.item().contentHash();
  }

  private String reply() {
    return story.rawReply() == null
        ? "none stored"
        : "fetched "
            + Times.text(story.rawReply().fetchedAt())
            + " by account "
            + story.rawReply().account()
            + ", HTTP "
            + story.rawReply().httpStatus()
            + ", "
            + story.rawReply().bytes()
            + " bytes, hash "
            + story.rawReply().hash();
  }
}
