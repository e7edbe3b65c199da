package io.tasklane.launcher.image;

import io.tasklane.launcher.folder.FolderTree;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.tukaani.xz.XZInputStream;

/**
 * PostgreSQL as zonky publishes it: a jar with one xz-compressed tar in it.
 *
 * @param jar the artifact
 */
record PostgresBinaries(Path jar) {
  private static final Pattern MAJOR = Pattern.compile("\\) (\\d+)");
  private static final int EXECUTABLE = 0100;

  void unpack(Path target) throws IOException {
    new FolderTree(target).delete();
    try (JarFile archive = new JarFile(jar.toFile());
        InputStream packed = archive.getInputStream(tarOf(archive));
        var tar = new TarArchiveInputStream(new XZInputStream(new BufferedInputStream(packed)))) {
      for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
        write(entry, tar, inside(target, entry.getName()));
      }
    }
    // Written last: the unpacking is whole when this is there.
    Files.writeString(target.resolve("MAJOR_VERSION"), majorVersion(target) + "\n");
  }

  private static JarEntry tarOf(JarFile archive) throws IOException {
    return archive.stream()
        .filter(entry -> entry.getName().endsWith(".txz"))
        .findFirst()
        .orElseThrow(() -> new IOException(archive.getName() + " holds no .txz"));
  }

  private static Path inside(Path target, String name) throws IOException {
    Path path = target.resolve(name).normalize();
    if (!path.startsWith(target.normalize())) {
      throw new IOException(name + " would leave " + target);
    }
    return path;
  }

  private static void write(TarArchiveEntry entry, InputStream content, Path to)
      throws IOException {
    if (entry.isDirectory()) {
      Files.createDirectories(to);
      return;
    }
    Files.createDirectories(to.getParent());
    if (entry.isSymbolicLink()) {
      Files.createSymbolicLink(to, Path.of(entry.getLinkName()));
      return;
    }
    Files.copy(content, to);
    boolean runs = (entry.getMode() & EXECUTABLE) != 0;
    Files.setPosixFilePermissions(
        to, PosixFilePermissions.fromString(runs ? "rwxr-xr-x" : "rw-r--r--"));
  }

  private static String majorVersion(Path target) throws IOException {
    String said = Programs.output(List.of(target.resolve("bin/postgres").toString(), "--version"));
    Matcher version = MAJOR.matcher(said);
    if (!version.find()) {
      throw new IOException("postgres --version says: " + said);
    }
    return version.group(1);
  }
}
