package io.tuodui.intake;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * Finds out how the text of a file is encoded, or that it is no text, by reading all of it once.
 */
final class Encoding {

  private static final int BLOCK = 64 * 1024;
  private static final byte[] EXCEL_97 = {(byte) 0xd0, (byte) 0xcf, 0x11, (byte) 0xe0};
  private static final byte[] ZIP = {'P', 'K', 3, 4};
  private static final byte[] GZIP = {0x1f, (byte) 0x8b};

  private Encoding() {}

  /**
   * UTF-16 if the file says so with a byte order mark; else UTF-8 if every byte of the file fits;
   * else GB18030, which contains GBK and GB2312: what Windows and Excel write in China.
   *
   * @throws UnreadableIdListException if the file is empty or no text
   */
  static Charset of(Path file) throws IOException, UnreadableIdListException {
    try (InputStream in = Files.newInputStream(file)) {
      byte[] block = new byte[BLOCK];
      int length = in.readNBytes(block, 0, BLOCK);
      if (length == 0) {
        throw new UnreadableIdListException(file, "is empty: nothing was submitted");
      }
      refuseKnownBinaries(file, block, length);
      if (startsWith(block, length, new byte[] {(byte) 0xfe, (byte) 0xff})
          || startsWith(block, length, new byte[] {(byte) 0xff, (byte) 0xfe})) {
        return StandardCharsets.UTF_16;
      }
      return scan(file, in, block, length);
    }
  }

  private static Charset scan(Path file, InputStream in, byte[] block, int firstLength)
      throws IOException, UnreadableIdListException {
    CharsetDecoder utf8 =
        StandardCharsets.UTF_8
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT);
    CharBuffer ignored = CharBuffer.allocate(BLOCK + 1);
    boolean valid = true;
    ByteBuffer bytes = ByteBuffer.wrap(block, 0, firstLength);
    boolean end = false;
    while (!end) {
      for (int i = bytes.position(); i < bytes.limit(); i++) {
        if (block[i] == 0) {
          throw new UnreadableIdListException(
              file, "is not a text file (it holds NUL bytes): save the list as UTF-8 text or CSV");
        }
      }
      int rest = 0;
      if (valid) {
        ignored.clear();
        CoderResult result = utf8.decode(bytes, ignored, false);
        valid = !result.isError();
        rest = valid ? bytes.remaining() : 0;
        System.arraycopy(block, bytes.position(), block, 0, rest);
      }
      int read = in.readNBytes(block, rest, BLOCK - rest);
      end = read == 0;
      valid &= !end || rest == 0; // a character cut off at the end of the file
      bytes = ByteBuffer.wrap(block, 0, rest + read);
    }
    return valid ? StandardCharsets.UTF_8 : Charset.forName("GB18030");
  }

  private static void refuseKnownBinaries(Path file, byte[] block, int length)
      throws UnreadableIdListException {
    if (startsWith(block, length, ZIP)) {
      boolean excel =
          file.toString().toLowerCase(Locale.ROOT).endsWith(".xlsx")
              || new String(block, 0, length, StandardCharsets.ISO_8859_1).contains("xl/");
      throw new UnreadableIdListException(
          file,
          excel
              ? "is an Excel workbook: export the sheet as CSV (format the id column as text first)"
              : "is a ZIP archive: unpack it and submit the lists in it");
    }
    if (startsWith(block, length, EXCEL_97)) {
      throw new UnreadableIdListException(
          file, "is an Office document of the old kind (such as .xls): export the sheet as CSV");
    }
    if (startsWith(block, length, GZIP)) {
      throw new UnreadableIdListException(file, "is compressed with gzip: unpack it first");
    }
    for (String magic : List.of("%PDF-", "{\\rtf")) {
      if (startsWith(block, length, magic.getBytes(StandardCharsets.US_ASCII))) {
        throw new UnreadableIdListException(
            file, "is a document, not a list: save the ids as plain text or CSV");
      }
    }
  }

  private static boolean startsWith(byte[] block, int length, byte[] magic) {
    return length >= magic.length && Arrays.equals(block, 0, magic.length, magic, 0, magic.length);
  }
}
