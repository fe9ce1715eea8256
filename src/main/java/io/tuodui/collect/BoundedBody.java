package io.tuodui.collect;

import java.io.IOException;
import java.io.InputStream;
import org.apache.hc.core5.io.Closer;

/** A body that ends after so many bytes, whatever else would come. */
final class BoundedBody extends InputStream {
  private final InputStream in;
  private final BoundedReply reply;
  private int left;

  BoundedBody(InputStream in, int bytes, BoundedReply reply) {
    this.in = in;
    this.left = bytes;
    this.reply = reply;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
  }

  @Override
  public int read(byte[] buffer, int offset, int length) throws IOException {
    if (left == 0) {
      return -1;
    }
    try {
      int read = in.read(buffer, offset, Math.min(length, left));
      left -= Math.max(read, 0);
      return read;
    } catch (IOException failure) {
      throw reply.reasonOf(failure);
    }
  }

  /** Closing a body reads what is left of it, so that its connection can be used again. */
  @Override
  public void close() throws IOException {
    try {
      if (left > 0) {
        in.close();
      } else {
        reply.discard();
        Closer.closeQuietly(in);
      }
    } finally {
      reply.ended();
    }
  }
}
