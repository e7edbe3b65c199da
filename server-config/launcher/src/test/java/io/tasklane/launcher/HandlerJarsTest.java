package io.tasklane.launcher;

import static org.assertj.core.api.Assertions.assertThat;

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

  private List<Path> read(String value) {
    return CommandRun.start("--handlers", inFolder(value)).handlers();
  }

  private String inFolder(String value) {
    return value.replace("@", folder + "/");
  }

  @Test
  void without_the_option_there_are_none() {
    assertThat(CommandRun.start().handlers()).isEmpty();
  }

  @Test
  void several_jars_stand_between_commas() {
    assertThat(read("@risk.jar,@news.jar"))
        .containsExactly(folder.resolve("risk.jar"), folder.resolve("news.jar"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "@gone.jar", "@notes.txt", "@other", "@risk.jar,", "@risk\0.jar"})
  void what_is_no_jar_that_can_be_read_is_refused(String value) {
    assertThat(CommandRun.refusal("--handlers", inFolder(value))).contains("existing .jar files");
  }

  @Test
  void two_jars_of_one_name_are_refused() {
    assertThat(CommandRun.refusal("--handlers", inFolder("@risk.jar,@other/risk.jar")))
        .contains("jars of different names");
  }
}
