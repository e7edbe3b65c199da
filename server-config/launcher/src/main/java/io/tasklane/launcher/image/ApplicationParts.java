package io.tasklane.launcher.image;

import io.tasklane.launcher.folder.ServerFolder;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.jar.JarFile;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;

/**
 * Splits the application into what Payara deploys and libraries on the node's class path. Payara
 * looks through every class of what it deploys, several times, and an archive of classes serves a
 * class path alone. Processor time of a node's start on two processors, median of three: 29.2 s
 * with all libraries in the application, 15.7 s without.
 *
 * @param whole the application with all its libraries
 * @param server where the two parts go
 */
record ApplicationParts(Path whole, ServerFolder server) {
  private static final String LIBRARIES = "WEB-INF/lib/";

  /** What the classes of a bean refer to. */
  private static final List<String> OF_BEANS =
      List.of("jakarta/ejb/", "jakarta/enterprise/", "jakarta/inject/", "jakarta/servlet/");

  /**
   * Writes both parts. A library that stays the same keeps its date, to which archives are bound.
   */
  void write() throws IOException {
    Set<Path> libraries = new HashSet<>();
    Files.createDirectories(server.libraryFolder());
    Path draft = server.application().resolveSibling("application.new");
    try (JarFile from = new JarFile(whole.toFile());
        ZipOutputStream to = new ZipOutputStream(Files.newOutputStream(draft))) {
      for (ZipEntry entry : from.stream().toList()) {
        byte[] content = from.getInputStream(entry).readAllBytes();
        if (entry.getName().startsWith(LIBRARIES) && !entry.isDirectory() && !holdsBeans(content)) {
          Path library =
              server.libraryFolder().resolve(entry.getName().substring(LIBRARIES.length()));
          writeIfChanged(library, content);
          libraries.add(library);
        } else {
          copy(entry, content, to);
        }
      }
    }
    Files.move(draft, server.application(), StandardCopyOption.REPLACE_EXISTING);
    for (Path present : server.libraries()) {
      if (!libraries.contains(present)) {
        Files.delete(present);
      }
    }
  }

  private static void copy(ZipEntry entry, byte[] content, ZipOutputStream to) throws IOException {
    ZipEntry copy = new ZipEntry(entry.getName());
    copy.setTime(entry.getTime());
    to.putNextEntry(copy);
    to.write(content);
    to.closeEntry();
  }

  private static void writeIfChanged(Path file, byte[] content) throws IOException {
    if (!Files.exists(file) || !Arrays.equals(Files.readAllBytes(file), content)) {
      Files.write(file, content);
    }
  }

  private static boolean holdsBeans(byte[] jar) throws IOException {
    try (ZipInputStream entries = new ZipInputStream(new ByteArrayInputStream(jar))) {
      for (ZipEntry entry = entries.getNextEntry(); entry != null; entry = entries.getNextEntry()) {
        if (entry.getName().endsWith(".class") && isBean(entries)) {
          return true;
        }
      }
      return false;
    }
  }

  /** Names are stored in class files as they are. */
  private static boolean isBean(InputStream classFile) throws IOException {
    String names = new String(classFile.readAllBytes(), StandardCharsets.ISO_8859_1);
    return OF_BEANS.stream().anyMatch(names::contains);
  }
}
