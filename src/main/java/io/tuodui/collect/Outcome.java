package io.tuodui.collect;

import io.tuodui.gateway.ReplyClass;
import io.tuodui.item.Item;
import io.tuodui.task.Task;
import java.time.Duration;
import java.time.Instant;

/**
 * What became of one claimed task.
 *
 * @param task as claimed
 * @param replyClass of the last call; {@code null} when no call was made
 * @param code the platform's own code, or what else is wrong as one word, or {@code null}
 * @param message why it did not succeed, or {@code null}
 * @param pause how long the task should at least wait before it is tried again, or {@code null}
 * @param item normalised, or {@code null}
 * @param account that made the last call, or {@code null}
 * @param httpStatus of the last reply, or {@code null} when there was none
 * @param body of the last reply, or {@code null}
 * @param bodyHash SHA-256 of the body in hexadecimal, or {@code null}
 * @param fetchedAt when the last call ended
 * @param calls made for the task since it was claimed
 * @param refused how many of them the platform refused for being too many
 */
public record Outcome(
    Task task,
    ReplyClass replyClass,
    String code,
    String message,
    Duration pause,
    Item item,
    String account,
    Integer httpStatus,
    byte[] body,
    String bodyHash,
    Instant fetchedAt,
    int calls,
    int refused) {}
