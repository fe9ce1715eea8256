package io.tuodui.command;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.tuodui.StoresApplication;
import io.tuodui.audit.CheckResult;
import io.tuodui.audit.NoReceipt;
import io.tuodui.audit.ReceiptCheck;
import io.tuodui.audit.ReceiptFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
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
public final class VerifyCommand extends SpringSettings implements Callable<Integer> {
  @Option(names = "--json", description = "Prints the result as JSON.")
  private boolean json;

  @Option(
      names = "--first",
      paramLabel = "N",
      defaultValue = "20",
      description = "How many discrepancies to name; all are counted.")
  private int first;

  @Parameters(paramLabel = "RECEIPT_FILE", description = "What receipt --ids wrote.")
  private Path path;

  @Override
  public Integer call() throws IOException {
    String[] arguments = settings();
    try (ReceiptFile file = ReceiptFile.open(path);
        ConfigurableApplicationContext context = StoresApplication.start(arguments)) {
      CheckResult result = context.getBean(ReceiptCheck.class).check(file, first);
      System.out.println(
          json ? context.getBean(ObjectMapper.class).writeValueAsString(result) : text(result));
      return result.holds() ? 0 : 1;
    } catch (NoReceipt other) {
      throw wrong(other.getMessage());
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
