package io.tuodui;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_USE_JAVA_UTIL_LOGGING;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import org.apache.camel.builder.RouteBuilder;

/** Who may use whom: the rules that keep each package small enough to be understood alone. */
@AnalyzeClasses(packages = "io.tuodui", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
  private static final String[] LANGUAGE_AND_JSON = {
    "java..", "javax.crypto..", "com.fasterxml.jackson.."
  };

  /** What only runs when a person types a command. */
  private static final DescribedPredicate<JavaClass> COMMAND_LINE =
      resideInAPackage("io.tuodui.command..").or(nameMatching("io\\.tuodui\\.Main"));

  /** A batch's way, from the list of ids to the stores. */
  private static final String[] PIPELINE = {
    "io.tuodui.intake..",
    "io.tuodui.job..",
    "io.tuodui.task..",
    "io.tuodui.collect..",
    "io.tuodui.store..",
    "io.tuodui.settle..",
    "io.tuodui.operation..",
    "io.tuodui.config..",
    "org.apache.camel..",
    "org.springframework.."
  };

  @ArchTest
  static final ArchRule packagesHaveNoCycles =
      slices().matching("io.tuodui.(*)..").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule itemsArePlainJava =
      classes()
          .that()
          .resideInAPackage("io.tuodui.item..")
          .should()
          .onlyDependOnClassesThat(
              resideInAnyPackage(LANGUAGE_AND_JSON).or(resideInAPackage("io.tuodui.item..")));

  @ArchTest
  static final ArchRule gatewayDialectsArePlainJava =
      classes()
          .that()
          .resideInAPackage("io.tuodui.gateway..")
          .should()
          .onlyDependOnClassesThat(
              resideInAnyPackage(LANGUAGE_AND_JSON)
                  .or(
                      resideInAnyPackage(
                          "io.tuodui.gateway..", "io.tuodui.item..", "io.tuodui.account..")));

  @ArchTest
  static final ArchRule intakeIsPlainJava =
      classes()
          .that()
          .resideInAPackage("io.tuodui.intake..")
          .should()
          .onlyDependOnClassesThat(
              resideInAnyPackage(LANGUAGE_AND_JSON).or(resideInAPackage("io.tuodui.intake..")));

  @ArchTest
  static final ArchRule nobodyDependsOnCommands =
      noClasses()
          .that(DescribedPredicate.not(COMMAND_LINE))
          .should()
          .dependOnClassesThat()
          .resideInAPackage("io.tuodui.command..");

  @ArchTest
  static final ArchRule onlyCommandsUseTheSimulator =
      noClasses()
          .that(DescribedPredicate.not(COMMAND_LINE.or(resideInAPackage("io.tuodui.simulator.."))))
          .should()
          .dependOnClassesThat()
          .resideInAPackage("io.tuodui.simulator..");

  @ArchTest
  static final ArchRule onlyTheSettingsUseTheEmbeddedServers =
      noClasses()
          .that(
              DescribedPredicate.not(
                  resideInAnyPackage(
                      "io.tuodui.embedded..", "io.tuodui.command..", "io.tuodui.config..")))
          .should()
          .dependOnClassesThat()
          .resideInAPackage("io.tuodui.embedded..");

  @ArchTest
  static final ArchRule whatStandsInForOthersDoesNotKnowThePipeline =
      noClasses()
          .that()
          .resideInAnyPackage("io.tuodui.simulator..", "io.tuodui.embedded..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(PIPELINE);

  @ArchTest
  static final ArchRule routesAreYaml =
      noClasses().should().beAssignableTo(RouteBuilder.class).because("routes are in routes/");

  @ArchTest static final ArchRule noJavaUtilLogging = NO_CLASSES_SHOULD_USE_JAVA_UTIL_LOGGING;

  @ArchTest
  static final ArchRule onlyCommandsWriteOnStandardOutput =
      noClasses()
          .that(
              DescribedPredicate.not(
                  COMMAND_LINE.or(
                      nameMatching(
                          "io\\.tuodui\\.(simulator\\.SimulatorCommand.*"
                              + "|embedded\\.EmbeddedServersMain)"))))
          .should()
          .accessField(System.class, "out")
          .because("standard output is a command's answer, such as the receipt in JSON");
}
