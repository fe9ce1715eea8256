package io.tuodui.audit;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.tuodui.job.Receipt;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads what {@link ReceiptWriter} wrote, a line at a time. */
public final class ReceiptFile implements Closeable {
  /** Of a file of a later version, what is not known here is passed over. */
  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .addModule(new JavaTimeModule())
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .build();

  private final JsonParser lines;
  private final Receipt receipt;
  private String damage;

  private ReceiptFile(JsonParser lines, Receipt receipt) {
    this.lines = lines;
    this.receipt = receipt;
  }

  /**
   * Opens a file and reads its first line.
   *
   * @throws NoReceipt when it cannot be opened, or its first line is no receipt
   * @throws IOException when it cannot be read further
   */
  public static ReceiptFile open(Path file) throws NoReceipt, IOException {
    if (!Files.isReadable(file) || Files.isDirectory(file)) {
      throw new NoReceipt(file + " is not there or cannot be read.");
    }
    JsonParser lines = JSON.createParser(Files.newInputStream(file));
    Optional<Receipt> first = receipt(lines);
    if (first.isEmpty()) {
      lines.close();
      throw new NoReceipt(
          file
              + " is no receipt: its first line must be one, as ./tuodui receipt JOB --ids FILE"
              + " writes it.");
    }
    ReceiptFile receipt = new ReceiptFile(lines, first.get());
    receipt.advance();
    if (receipt.isBare()) {
      lines.close();
      throw new NoReceipt(
          file
              + " is a receipt without its ids; ./tuodui receipt "
              + first.get().job()
              + " --ids FILE writes them as well.");
    }
    return receipt;
  }

  private static Optional<Receipt> receipt(JsonParser lines) throws IOException {
    try {
      lines.nextToken();
      JsonNode first = lines.currentToken() == null ? null : JSON.readTree(lines);
      if (first == null || !first.has("job") || !first.has("accepted") || !first.has("complete")) {
        return Optional.empty();
      }
      return Optional.of(JSON.treeToValue(first, Receipt.class));
    } catch (JsonProcessingException other) {
      return Optional.empty();
    }
  }

  private boolean isBare() {
    return lines.currentToken() == null && damage == null && receipt.accepted() > 0;
  }

  public Receipt receipt() {
    return receipt;
  }

  /** The next lines, at most so many; fewer at the end, and where a line cannot be read. */
  List<ReceiptLine> next(int max) throws IOException {
    List<ReceiptLine> chunk = new ArrayList<>();
    while (chunk.size() < max && damage == null && lines.currentToken() != null) {
      try {
        chunk.add(JSON.readValue(lines, ReceiptLine.class));
      } catch (JsonProcessingException damaged) {
        stopHere();
      }
      advance();
    }
    return chunk;
  }

  private void advance() throws IOException {
    try {
      if (damage == null) {
        lines.nextToken();
      }
    } catch (JsonProcessingException damaged) {
      stopHere();
    }
  }

  private void stopHere() {
    damage = "from line " + lines.currentLocation().getLineNr() + " on it cannot be read";
  }

  /** Where reading stopped before the end, in words. */
  Optional<String> damage() {
    return Optional.ofNullable(damage);
  }

  @Override
  public void close() throws IOException {
    lines.close();
  }
}
