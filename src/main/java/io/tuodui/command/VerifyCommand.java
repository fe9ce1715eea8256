package io.tuodui.command;

import io.tuodui.audit.CheckResult;
import io.tuodui.audit.NoReceipt;
import io.tuodui.audit.ReceiptCheck;
import io.tuodui.audit.ReceiptFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.springframework.context.ConfigurableApplicationContext;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code tuodui verify}: checks a receipt against the stores. */
@Command(
    name = "verify",
    mixinStandardHelpOptions = true,
    showDefaultValues = true,
    description = {
      "Checks a receipt, as receipt --ids wrote it, against MySQL and MongoDB, and says what does"
          + " not hold. Exits with 0 when all holds, 1 when not, 2 when the file is no receipt.",
      "--key=value sets any property, for example --tuodui.data-dir=data/demo."
    })
public final class VerifyCommand extends StoresCommand {
  @Option(
      names = "--first",
      paramLabel = "N",
      defaultValue = "20",
      description = "How many discrepancies to name; all are counted.")
  private int first;

  @Parameters(paramLabel = "RECEIPT_FILE", description = "What receipt --ids wrote.")
  private Path path;

  private ReceiptFile receipt;

  @Override
  void check() throws IOException {
    try {
      receipt = ReceiptFile.open(path);
    } catch (NoReceipt other) {
      throw wrong(other.getMessage());
    }
  }

  @Override
  int run(ConfigurableApplicationContext stores) throws IOException {
    try (ReceiptFile file = receipt) {
      CheckResult result = stores.getBean(ReceiptCheck.class).check(file, first);
      print(stores, result, List.of(text(result)));
      return result.holds() ? 0 : 1;
    }
  }

  private static String text(CheckResult result) {
    StringBuilder text = new StringBuilder();
    text.append(
        String.format(
            Locale.ROOT,
            "Receipt of job %d, %,d ids checked: %s",
            result.job(),
            result.ids(),
            result.holds() ? "all holds" : "it does NOT hold"));
    if (result.superseded() > 0) {
      text.append(
          String.format(
              Locale.ROOT,
              "%n  superseded  %,d ids, of which something newer is known: no error",
              result.superseded()));
    }
    result
        .byPlace()
        .forEach(
            (where, count) ->
                text.append(
                    String.format(Locale.ROOT, "%n  %-11s %,d discrepancies", where, count)));
    result
        .first()
        .forEach(
            found ->
                text.append(System.lineSeparator())
                    .append("  ")
                    .append(found.item() == null ? "" : found.item() + ", ")
                    .append(found.where())
                    .append(": ")
                    .append(found.what()));
    if (result.discrepancies() > result.first().size()) {
      text.append(
          String.format(
              Locale.ROOT, "%n  … and %,d more", result.discrepancies() - result.first().size()));
    }
    return text.toString();
  }
}
