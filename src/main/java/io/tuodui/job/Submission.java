package io.tuodui.job;

import io.tuodui.intake.IdListReader;
import io.tuodui.intake.IdListReport;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.ClosedByInterruptException;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

/** A list of ids on its way into the ledger. */
public final class Submission {
  private final Job job;
  private final IdListReader reader;
  private IOException broken;
  private boolean ended;

  /**
   * @param reader of the ids that are still to be written; {@code null} when none are
   */
  Submission(Job job, IdListReader reader) {
    this.job = job;
    this.reader = reader;
  }

  public Job getJob() {
    return job;
  }

  /** Whether ids are still to be written: false when the same file was submitted whole before. */
  public boolean isLoading() {
    return reader != null;
  }

  /** Whether an item that was fetched lately need not be called for. */
  public boolean isContentWithFresh() {
    return job.maxAgeMillis() != null;
  }

  /** Parameters for the statements on a chunk of ids, which are one of them, as JSON. */
  Iterator<Map<String, Object>> chunks(int size) {
    return new Chunks(size);
  }

  /** What was read of the file; {@code null} when nothing was to be read. */
  IdListReport report() {
    return reader == null ? null : reader.report();
  }

  /** Why the list could not be read to its end; {@code null} when it could. */
  IOException broken() {
    return broken;
  }

  /** Reads no further chunk: the job takes no more ids. */
  void end() {
    ended = true;
  }

  boolean ended() {
    return ended;
  }

  private final class Chunks implements Iterator<Map<String, Object>>, Closeable {
    private final int size;
    private List<Long> next;

    private Chunks(int size) {
      this.size = size;
      this.next = read();
    }

    private List<Long> read() {
      try {
        return reader.nextIds(size);
      } catch (ClosedByInterruptException stopped) {
        // The list is as good as before: the next start reads it.
        throw new UncheckedIOException(stopped);
      } catch (IOException vanished) {
        // What was read before is written all the same.
        broken = vanished;
        return List.of();
      }
    }

    @Override
    public boolean hasNext() {
      return !ended && !next.isEmpty();
    }

    @Override
    public Map<String, Object> next() {
      Map<String, Object> parameters = new HashMap<>();
      parameters.put("jobId", job.jobId());
      parameters.put("source", job.source());
      parameters.put("ids", next.toString());
      parameters.put("maxAge", job.maxAgeMillis());
      next = read();
      return parameters;
    }

    @Override
    public void close() throws IOException {
      reader.close();
    }
  }
}
