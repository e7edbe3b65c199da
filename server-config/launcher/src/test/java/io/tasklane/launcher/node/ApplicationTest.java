package io.tasklane.launcher.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ApplicationTest {
  @TempDir Path folder;
  private Path war;

  @BeforeEach
  void build() throws IOException {
    war = folder.resolve("tasklane.war");
    try (OutputStream file = Files.newOutputStream(war);
        ZipOutputStream zip = new ZipOutputStream(file)) {
      zip.putNextEntry(new ZipEntry("WEB-INF/lib/engine.jar"));
      zip.write("engine".getBytes());
      zip.closeEntry();
    }
  }

  private Path jar(String name) throws IOException {
    return Files.writeString(folder.resolve(name), "a jar");
  }

  private static Set<String> files(Path archive) throws IOException {
    try (JarFile jar = new JarFile(archive.toFile())) {
      Set<String> names = new TreeSet<>();
      jar.stream().filter(e -> !e.isDirectory()).map(JarEntry::getName).forEach(names::add);
      return names;
    }
  }

  @Test
  void without_handlers_the_built_application_is_deployed() throws IOException {
    assertThat(new Application(war, List.of(), List.of()).in(folder.resolve("run"))).isEqualTo(war);
  }

  @Test
  void handlers_become_libraries_of_a_copy_that_bears_the_applications_name() throws IOException {
    Application application =
        new Application(war, List.of(), List.of(jar("risk.jar"), jar("news.jar")));

    Path deployed = application.in(folder.resolve("run"));

    assertThat(deployed).isEqualTo(folder.resolve("run/tasklane.war"));
    assertThat(files(deployed))
        .containsExactly("WEB-INF/lib/engine.jar", "WEB-INF/lib/news.jar", "WEB-INF/lib/risk.jar");
    assertThat(files(war)).containsExactly("WEB-INF/lib/engine.jar");
  }

  @Test
  void a_jar_with_the_name_of_a_library_on_the_class_path_is_refused() throws IOException {
    Application application =
        new Application(war, List.of(Path.of("/built/lib/guava.jar")), List.of(jar("guava.jar")));

    assertThatThrownBy(() -> application.in(folder.resolve("run")))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("guava.jar already; rename");
  }

  @Test
  void a_jar_that_would_replace_a_library_of_the_application_is_refused() throws IOException {
    Application application = new Application(war, List.of(), List.of(jar("engine.jar")));

    assertThatThrownBy(() -> application.in(folder.resolve("run")))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("engine.jar already; rename");
  }
}
