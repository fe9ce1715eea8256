package io.tuodui.command;

import io.tuodui.audit.ReceiptWriter;
import io.tuodui.config.UserError;
import io.tuodui.job.Receipt;
import io.tuodui.job.Receipts;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.springframework.context.ConfigurableApplicationContext;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code tuodui receipt}: the account of a job, and of each of its ids. */
@Command(
    name = "receipt",
    mixinStandardHelpOptions = true,
    description = {
      "Prints the receipt of a job, computed from the ledger, and writes what became of each id,"
          + " with the evidence.",
      "--key=value sets any property, for example --tuodui.data-dir=data/demo."
    })
public final class ReceiptCommand extends StoresCommand {
  private static final String STANDARD_OUTPUT = "-";

  @Option(
      names = "--ids",
      paramLabel = "FILE",
      description =
          "Writes JSON lines to FILE: the receipt, then each id with its outcome and evidence, as"
              + " verify reads them; - is standard output, and then nothing else is printed there.")
  private String ids;

  @Parameters(paramLabel = "JOB", description = "The number of the job.")
  private long job;

  @Override
  int run(ConfigurableApplicationContext stores) throws IOException {
    if (STANDARD_OUTPUT.equals(ids)) {
      stores.getBean(ReceiptWriter.class).write(job, System.out);
      return 0;
    }
    Receipt receipt = ids == null ? stores.getBean(Receipts.class).of(job) : writeIds(stores);
    print(stores, receipt, List.of(ReceiptText.of(receipt)));
    return 0;
  }

  private Receipt writeIds(ConfigurableApplicationContext stores) throws IOException {
    // Before the file is touched: a wrong number must not empty an older receipt.
    stores.getBean(Receipts.class).of(job);
    OutputStream file;
    try {
      file = Files.newOutputStream(Path.of(ids));
    } catch (IOException refused) {
      throw new UserError(ids + " cannot be written: " + refused, refused);
    }
    try (OutputStream out = new BufferedOutputStream(file)) {
      return stores.getBean(ReceiptWriter.class).write(job, out);
    }
  }
}
