package io.tasklane.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SymbolsTest {
  @TempDir private Path folder;

  @Test
  void the_first_column_of_the_users_file_is_read() throws IOException {
    Files.writeString(
        folder.resolve("symbols.csv"),
        "symbol,name,sector,aliases\naapl,Apple,Tech,iPhone\n\"BRK.B\",\"Berkshire, B\",,\n\n");
    assertThat(Symbols.of(folder)).containsExactly("AAPL", "BRK.B");
  }

  @Test
  void a_folder_without_symbols_is_refused_by_name() throws IOException {
    assertThatThrownBy(() -> Symbols.of(folder)).hasMessageContaining(folder + "/symbols.csv");
    Files.writeString(folder.resolve("symbols.csv"), "symbol,name\n");
    assertThatThrownBy(() -> Symbols.of(folder)).hasMessageContaining("names no symbol");
  }
}
