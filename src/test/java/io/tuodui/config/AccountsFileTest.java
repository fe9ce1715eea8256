package io.tuodui.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tuodui.account.Account;
import io.tuodui.account.Limits;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.io.FileSystemResource;

class AccountsFileTest {
  @TempDir Path folder;

  private Accounts read(String weightAndLimits) throws IOException {
    Path file = folder.resolve("accounts.yaml");
    Files.writeString(
        file, "accounts: [{name: a, app-key: '1', app-secret: s, " + weightAndLimits + "}]");
    return new Accounts(AccountsFile.read(file, new StandardEnvironment()), "the file");
  }

  @Test
  void limitsOfAllWindowsAndOfApisAndAWeight() throws IOException {
    Account account =
        read("""
            weight: 3, limits: {per-second: 10, per-minute: 200, per-day: 5000, apis: [
              {name: 'com.alibaba.product:alibaba.product.get', per-second: 2},
              {name: alibaba.item.get, per-minute: 30, per-day: 100}]}
            """)
            .named("a");
    assertThat(account.weight()).isEqualTo(3);
    assertThat(account.limits())
        .isEqualTo(
            new Limits(
                10,
                200,
                5000,
                Map.of(
                    "alibaba.product.get", new Limits(2, null),
                    "alibaba.item.get", new Limits(null, 30, 100, Map.of()))));
    assertThat(read("access-token: t").named("a"))
        .isEqualTo(new Account("a", "1", "s", "t", Limits.NONE, 1));
  }

  @Test
  void aNameMustFitTheTables() throws IOException {
    Path file = folder.resolve("names.yaml");
    for (String longest : List.of("a".repeat(64), "驼".repeat(64), "𠀀".repeat(64))) {
      Files.writeString(file, "accounts: [{name: " + longest + ", app-key: '1', app-secret: s}]");
      assertThat(new Accounts(AccountsFile.read(file, new StandardEnvironment()), "f").all())
          .singleElement()
          .returns(longest, Account::name);

      Files.writeString(file, "accounts: [{name: " + longest + "x, app-key: '1', app-secret: s}]");
      assertThatThrownBy(
              () -> new Accounts(AccountsFile.read(file, new StandardEnvironment()), "the file"))
          .isInstanceOf(UserError.class)
          .hasMessage(
              "The name of account 1 in the file has 65 characters, and may have 64: shorten it.");
    }
  }

  /** What is wrong, and what the message must name. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "limits: {per-minutes: 60}                       | per-minutes",
        "limits: {apis: {alibaba.product.get: {per-second: 1}}} | apis",
        "limits: {apis: [{name: alibaba.produkt.get}]}   | alibaba.produkt.get",
        "limits: {apis: [{per-second: 1}]}               | name",
        "limits: {apis: [{name: alibaba.item.get}, {name: alibaba.item.get}]} | twice",
        "limits: {apis: [{name: alibaba.item.get, per-minute: 0}]} | per-minute",
        "limits: {per-minute: 0}                         | per-minute",
        "weight: 0                                       | weight",
        "weight: 101                                     | weight"
      })
  void whatIsWrongIsNamed(String wrong, String named) {
    assertThatThrownBy(() -> read(wrong)).isInstanceOf(UserError.class).hasMessageContaining(named);
  }

  @Test
  void aFileInGbkOrAFolderIsNamedWithWhatToDo() throws IOException {
    Path gbk = folder.resolve("gbk.yaml");
    Files.writeString(
        gbk, "accounts: [{name: 店铺, app-key: '1', app-secret: s}]", Charset.forName("GBK"));
    assertThatThrownBy(() -> AccountsFile.read(gbk, new StandardEnvironment()))
        .isInstanceOf(UserError.class)
        .hasMessage("The accounts file " + gbk + " cannot be read as YAML: save it as UTF-8 text.");
    assertThatThrownBy(() -> AccountsFile.read(folder, new StandardEnvironment()))
        .isInstanceOf(UserError.class)
        .hasMessageContaining(folder + " is not there, is a folder");
  }

  @Test
  void settingsInGbkAreNoRiddle() throws IOException {
    Path settings = folder.resolve("application.yaml");
    Files.writeString(settings, "tuodui: {data-dir: 数据}", Charset.forName("GBK"));
    assertThatThrownBy(
            () -> new YamlPropertySourceLoader().load("s", new FileSystemResource(settings)))
        .satisfies(
            failure ->
                assertThat(FailureText.of(new IllegalStateException(failure)))
                    .hasValueSatisfying(
                        words -> assertThat(words).contains("application.yaml", "UTF-8")));
  }
}
