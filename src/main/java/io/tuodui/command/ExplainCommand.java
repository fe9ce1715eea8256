package io.tuodui.command;

import io.tuodui.config.UserError;
import io.tuodui.explain.Stories;
import io.tuodui.explain.Story;
import org.springframework.context.ConfigurableApplicationContext;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code tuodui explain}: the story of one id. */
@Command(
    name = "explain",
    mixinStandardHelpOptions = true,
    description = {
      "Tells the story of one id: who asked for it, each attempt, where it stands now, what is"
          + " stored. Times are UTC.",
      "--key=value sets any property, as for collect."
    })
public final class ExplainCommand extends StoresCommand {
  @Parameters(
      paramLabel = "ITEM_ID",
      description = "The id in digits, or the address of the item's detail page.")
  private String text;

  private long itemId;

  @Override
  void check() {
    itemId = itemId(text);
  }

  @Override
  int run(ConfigurableApplicationContext stores) {
    Story story =
        stores
            .getBean(Stories.class)
            .of(itemId)
            .orElseThrow(
                () ->
                    new UserError(
                        "Nobody asked for item "
                            + itemId
                            + " here: no job in the ledger holds it."));
    print(stores, story, StoryText.of(story));
    return 0;
  }
}
