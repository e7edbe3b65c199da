package io.tasklane.trading.source;

import io.tasklane.task.FailureException;
import io.tasklane.trading.format.DataFault;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The user's own folder. */
public final class FileSource implements Source {
  private static final long LARGEST = 64L * 1024 * 1024;
  private static final String EXPECTED =
      "expected accounts.json, positions.json, fills.csv, symbols.csv, prices/SYMBOL.csv, "
          + "news/*.xml, companyfacts/SYMBOL.json";

  private final Path folder;

  /** Reads from that folder; it may appear later. */
  public FileSource(Path folder) {
    this.folder = folder.toAbsolutePath().normalize();
  }

  @Override
  public String name() {
    return "files";
  }

  @Override
  public byte[] read(String key) {
    Path file = folder.resolve(key).normalize();
    if (!file.startsWith(folder)) {
      throw DataFault.missing("key " + key + " leads out of the data folder " + folder);
    }
    if (!Files.isRegularFile(file)) {
      throw DataFault.missing(whyMissing(key));
    }
    // A plain stream: a channel would answer an interrupt with an I/O error of its own.
    try (InputStream in = new FileInputStream(file.toFile())) {
      if (Files.size(file) > LARGEST) {
        throw DataFault.invalid(key, Files.size(file) + " bytes", "at most " + LARGEST + " bytes");
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw unreadable(file, e);
    }
  }

  @Override
  public List<String> list(String subfolder, String ending) {
    Path place = folder.resolve(subfolder);
    if (!Files.isDirectory(place)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(place)) {
      return files
          .filter(Files::isRegularFile)
          .map(file -> subfolder + "/" + file.getFileName())
          .filter(key -> key.endsWith(ending))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw unreadable(place, e);
    }
  }

  private String whyMissing(String key) {
    if (!Files.isDirectory(folder)) {
      return "the data folder " + folder + " does not exist; " + EXPECTED;
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files.findAny().isEmpty()
          ? "the data folder " + folder + " is empty; " + EXPECTED
          : "the data folder " + folder + " has no file " + key + "; " + EXPECTED;
    } catch (IOException e) {
      throw unreadable(folder, e);
    }
  }

  private static FailureException unreadable(Path place, IOException e) {
    return FailureException.retryable(
        "DATA_UNREADABLE", place + " could not be read: " + e.getMessage(), e);
  }
}
