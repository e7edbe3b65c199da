package io.tasklane.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SymbolsTest {
  @TempDir private Path folder;

  @Test
  void the_symbols_of_the_users_file_are_read() throws IOException {
    Files.writeString(
        folder.resolve("symbols.csv"),
        "symbol,name,sector,aliases\naapl,Apple,Tech,iPhone\n\"BRK.B\",\"Berkshire, B\",,\n\n");
    assertThat(Symbols.of(folder)).containsExactly("AAPL", "BRK.B");
  }

  @Test
  void the_column_may_stand_anywhere_and_be_written_as_a_spreadsheet_does() throws IOException {
    Files.writeString(
        folder.resolve("symbols.csv"),
        "\uFEFFName,SYMBOL,sector,aliases\r\n\"Berkshire, B\", brk.b,,\r\nApple,AAPL,,\r\n");
    assertThat(Symbols.of(folder)).containsExactly("BRK.B", "AAPL");
  }

  @Test
  void a_folder_without_symbols_is_refused_by_name() throws IOException {
    assertThatThrownBy(() -> Symbols.of(folder)).hasMessageContaining(folder + "/symbols.csv");
    for (String text : List.of("", "symbol,name\n", "ticker,name\nAAPL,Apple\n")) {
      Files.writeString(folder.resolve("symbols.csv"), text);
      assertThatThrownBy(() -> Symbols.of(folder)).hasMessageContaining("names no symbol");
    }
    Files.writeString(folder.resolve("symbols.csv"), "symbol,name\nAAPL\n");
    assertThatThrownBy(() -> Symbols.of(folder)).hasMessageContaining("cannot be read");
  }
}
