package io.tasklane.artifact;

import io.tasklane.artifact.storage.ArtifactStorage;
import io.tasklane.commit.GroupCommitter;
import io.tasklane.database.Database;
import java.util.logging.Logger;

/**
 * Removes expired artifacts and leftover objects. Several nodes may do so at the same time: only
 * one of them gets each artifact and each object.
 */
public final class ArtifactCleaning {
  private static final Logger LOG = Logger.getLogger(ArtifactCleaning.class.getName());

  private static final int AT_ONCE = 200;

  private final GroupCommitter committer;
  private final OrphanObjects leftovers;
  private final ObjectRemoval removal;
  private final ExpireArtifacts expiring = new ExpireArtifacts();

  /** Cleans these rows and this storage. */
  public ArtifactCleaning(Database database, GroupCommitter committer, ArtifactStorage storage) {
    this.committer = committer;
    this.leftovers = new OrphanObjects(database);
    this.removal = new ObjectRemoval(storage, leftovers);
  }

  /**
   * Removes everything that is due, in steps. Where this throws, the rest is left to the next
   * clean-up.
   */
  public void removeAllExpired() {
    while (removeExpired(AT_ONCE) >= AT_ONCE) {
      LOG.fine("more artifacts have expired than one step removes");
    }
  }

  /**
   * Removes expired artifacts that no task names, and objects that belong to no artifact.
   *
   * @param limit how many artifacts to look at, and how many objects to remove; above 0. A caller
   *     has seen all of them when fewer are returned
   * @return how many artifacts were looked at, or objects removed, whichever is more
   */
  public int removeExpired(int limit) {
    ExpireArtifacts.Expired expired = committer.submit(expiring, limit).join();
    int objects = 0;
    for (String key : leftovers.claimDue(limit)) {
      objects += removal.remove(key) ? 1 : 0;
    }
    if (expired.removed() > 0 || objects > 0) {
      LOG.info("removed " + expired.removed() + " artifacts and " + objects + " objects");
    }
    return Math.max(expired.seen(), objects);
  }
}
