package io.tasklane.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HandlerJarsTest {
  @TempDir Path folder;

  @BeforeEach
  void make_files() throws IOException {
    Files.createDirectories(folder.resolve("other"));
    for (String file : List.of("risk.jar", "news.jar", "other/risk.jar", "notes.txt")) {
      Files.createFile(folder.resolve(file));
    }
  }

  private List<Path> read(String value) throws BadOption {
    String jars = value.replace("@", folder + "/");
    return StartOptions.read(List.of("--handlers", jars)).handlers();
  }

  @Test
  void without_the_option_there_are_none() throws BadOption {
    assertThat(StartOptions.read(List.of()).handlers()).isEmpty();
  }

  @Test
  void several_jars_stand_between_commas() throws BadOption {
    assertThat(read("@risk.jar,@news.jar"))
        .containsExactly(folder.resolve("risk.jar"), folder.resolve("news.jar"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "@gone.jar", "@notes.txt", "@other", "@risk.jar,", "@risk\0.jar"})
  void what_is_no_jar_that_can_be_read_is_refused(String value) {
    assertThatThrownBy(() -> read(value))
        .isInstanceOf(BadOption.class)
        .hasMessageContaining("existing .jar files");
  }

  @Test
  void two_jars_of_one_name_are_refused() {
    assertThatThrownBy(() -> read("@risk.jar,@other/risk.jar"))
        .isInstanceOf(BadOption.class)
        .hasMessageContaining("jars of different names");
  }
}
