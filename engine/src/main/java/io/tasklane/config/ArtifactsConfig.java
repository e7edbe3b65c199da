package io.tasklane.config;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * Where artifacts are stored, and their limits.
 *
 * @param folder of artifacts on the file system, and always of uploads under way;
 *     tasklane.artifacts.folder
 * @param s3 an S3-compatible storage to use instead of the folder; tasklane.artifacts.storage
 * @param maximumBytes of one artifact; tasklane.artifacts.maximum-mib
 * @param unusedTtl how long an artifact that no task names is kept; tasklane.artifacts.unused-ttl
 * @param uploadsAtOnce how many uploads a node accepts at the same time; tasklane.artifacts.uploads
 */
public record ArtifactsConfig(
    Path folder, Optional<S3> s3, long maximumBytes, Duration unusedTtl, int uploadsAtOnce) {
  private static final String KEY = "tasklane.artifacts.";
  private static final String BUCKET = KEY + "s3.bucket";
  private static final String ENDPOINT = KEY + "s3.endpoint";

  /** S3 accepts at most 5 GiB in one request. */
  private static final int LARGEST_MIB = 5 * 1024;

  private static final long MIB = 1024L * 1024;

  /**
   * An S3-compatible storage.
   *
   * @param endpoint its URL; empty means that of AWS; tasklane.artifacts.s3.endpoint
   * @param bucket that exists; tasklane.artifacts.s3.bucket
   * @param region tasklane.artifacts.s3.region
   * @param credentialsFile in the form of ~/.aws/credentials, its profile "default"; empty means
   *     the environment, as AWS' own tools do; tasklane.artifacts.s3.credentials-file
   */
  public record S3(
      Optional<URI> endpoint, String bucket, String region, Optional<Path> credentialsFile) {}

  /**
   * Reads the keys.
   *
   * @param dataDir of the node, which contains the folder if none is configured
   */
  public static ArtifactsConfig from(Settings settings, Path dataDir) {
    String storage = settings.text(KEY + "storage", "file");
    if (!storage.equals("file") && !storage.equals("s3")) {
      throw Settings.wrong(KEY + "storage", storage, "file or s3");
    }
    return new ArtifactsConfig(
        settings.optional(KEY + "folder").map(Path::of).orElse(dataDir.resolve("artifacts")),
        storage.equals("s3") ? Optional.of(s3(settings)) : Optional.empty(),
        MIB * settings.number(KEY + "maximum-mib", 1024, 1, LARGEST_MIB),
        settings.duration(KEY + "unused-ttl", Duration.ofHours(24)),
        settings.number(KEY + "uploads", 16, 1, 1000));
  }

  private static S3 s3(Settings settings) {
    String bucket = settings.text(BUCKET, "");
    if (!bucket.matches("[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]")) {
      throw Settings.wrong(BUCKET, bucket, "the name of a bucket that exists");
    }
    return new S3(
        settings.optional(ENDPOINT).map(ArtifactsConfig::url),
        bucket,
        settings.text(KEY + "s3.region", "us-east-1"),
        settings.optional(KEY + "s3.credentials-file").map(Path::of));
  }

  private static URI url(String text) {
    try {
      URI url = URI.create(text);
      if (("http".equals(url.getScheme()) || "https".equals(url.getScheme()))
          && url.getHost() != null) {
        return url;
      }
    } catch (IllegalArgumentException noUrl) {
      // falls through: the message below says everything
    }
    throw Settings.wrong(ENDPOINT, text, "a URL that begins with http:// or https://");
  }
}
