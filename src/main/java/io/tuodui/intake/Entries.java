package io.tuodui.intake;

import java.io.IOException;

/** The entries of a file in one format. */
interface Entries {

  /** The next entry, or {@code null} at the end; blank lines, comments and headers are left out. */
  Entry next() throws IOException;
}
