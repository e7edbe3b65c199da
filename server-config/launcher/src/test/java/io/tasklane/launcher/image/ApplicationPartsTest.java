package io.tasklane.launcher.image;

import static org.assertj.core.api.Assertions.assertThat;

import io.tasklane.launcher.folder.ServerFolder;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ApplicationPartsTest {
  private static final byte[] BEAN = text("\u0001Ljakarta/ejb/Singleton;");
  private static final byte[] PLAIN = text("\u0001Ljakarta/jms/Message;");
  @TempDir Path folder;
  private ServerFolder server;
  private Path whole;

  @BeforeEach
  void prepare() throws IOException {
    server = new ServerFolder(Files.createDirectory(folder.resolve("server")));
    whole = folder.resolve("whole.war");
  }

  private static byte[] text(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  private static byte[] zip(Map<String, byte[]> entries) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      for (var entry : new TreeMap<>(entries).entrySet()) {
        zip.putNextEntry(new ZipEntry(entry.getKey()));
        zip.write(entry.getValue());
        zip.closeEntry();
      }
    }
    return bytes.toByteArray();
  }

  private void build(Map<String, byte[]> entries) throws IOException {
    Files.write(whole, zip(entries));
    new ApplicationParts(whole, server).write();
  }

  private Set<String> deployed() throws IOException {
    try (JarFile jar = new JarFile(server.application().toFile())) {
      Set<String> names = new TreeSet<>();
      jar.stream().map(JarEntry::getName).forEach(names::add);
      return names;
    }
  }

  @Test
  void jars_with_beans_are_deployed_and_the_others_are_on_the_class_path() throws IOException {
    build(
        Map.of(
            "index.html", text("page"),
            "WEB-INF/classes/A.class", PLAIN,
            "WEB-INF/lib/beans.jar", zip(Map.of("B.class", BEAN)),
            "WEB-INF/lib/plain.jar", zip(Map.of("C.class", PLAIN))));

    assertThat(deployed())
        .containsExactly("WEB-INF/classes/A.class", "WEB-INF/lib/beans.jar", "index.html");
    assertThat(server.libraries()).containsExactly(server.libraryFolder().resolve("plain.jar"));
  }

  @Test
  void a_library_that_stays_the_same_keeps_its_date_and_one_that_is_gone_is_removed()
      throws IOException {
    byte[] same = zip(Map.of("C.class", PLAIN));
    build(Map.of("WEB-INF/lib/same.jar", same, "WEB-INF/lib/gone.jar", same));
    Path kept = server.libraryFolder().resolve("same.jar");
    FileTime date = FileTime.fromMillis(1_000_000_000_000L);
    Files.setLastModifiedTime(kept, date);

    build(Map.of("WEB-INF/lib/same.jar", same));

    assertThat(server.libraries()).containsExactly(kept);
    assertThat(Files.getLastModifiedTime(kept)).isEqualTo(date);

    build(Map.of("WEB-INF/lib/same.jar", zip(Map.of("D.class", PLAIN))));

    assertThat(Files.getLastModifiedTime(kept)).isNotEqualTo(date);
  }
}
