package io.tuodui.store;

import java.time.Instant;

/**
 * What the stores hold of an item, without its content.
 *
 * @param reply in MongoDB; {@code null} when there is none
 * @param row in MySQL; {@code null} when there is none
 */
public record Evidence(Reply reply, Row row) {
  public static final Evidence NONE = new Evidence(null, null);

  /**
   * The raw reply.
   *
   * @param hash SHA-256 of its bytes
   */
  public record Reply(String hash, Instant fetchedAt) {}

  /**
   * The row of the table {@code item}.
   *
   * @param rawHash SHA-256 of the reply that it was made from
   * @param contentHash SHA-256 of its normalised fields
   */
  public record Row(String rawHash, String contentHash, Instant fetchedAt) {}

  /** Whether both are there, as they must be once the ledger says that the item succeeded. */
  public boolean isWhole() {
    return reply != null && row != null;
  }
}
