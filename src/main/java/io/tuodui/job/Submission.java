package io.tuodui.job;

import io.tuodui.intake.IdListReader;
import io.tuodui.intake.UnreadableIdListException;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

/** A list of ids on its way into the ledger. */
public final class Submission {
  private final Job job;
  private final Path file;
  private IdListReader reader;

  Submission(Job job, Path file) {
    this.job = job;
    this.file = file;
  }

  public Job getJob() {
    return job;
  }

  /** Whether ids are still to be written: false when the same file was submitted whole before. */
  public boolean isLoading() {
    return job.state().equals(Job.LOADING);
  }

  /**
   * Parameters for the statement that writes a chunk of ids: job, source, and the ids as JSON.
   *
   * @throws UnusableIdList when the file cannot be read as a list of ids
   */
  Iterator<Map<String, Object>> chunks(int size) {
    try {
      reader = IdListReader.open(file);
    } catch (IOException | UnreadableIdListException unreadable) {
      throw new UnusableIdList(file, unreadable.getMessage(), unreadable);
    }
    return new Chunks(size);
  }

  IdListReader reader() {
    return reader;
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
      } catch (IOException broken) {
        throw new UncheckedIOException(broken);
      }
    }

    @Override
    public boolean hasNext() {
      return !next.isEmpty();
    }

    @Override
    public Map<String, Object> next() {
      Map<String, Object> parameters =
          Map.of("jobId", job.jobId(), "source", job.source(), "ids", next.toString());
      next = read();
      return parameters;
    }

    @Override
    public void close() throws IOException {
      reader.close();
    }
  }
}
