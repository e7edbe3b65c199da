package io.tasklane.cli.profile;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What the file of profiles says.
 *
 * @param byName all profiles
 * @param used name of the one that holds where no other is asked for; empty if none does
 */
record Profiles(Map<String, Profile> byName, Optional<String> used) {
  /** What a file says that is not there. */
  static final Profiles NONE = new Profiles(Map.of(), Optional.empty());

  /** The profile of this name. */
  Optional<Profile> find(String name) {
    return Optional.ofNullable(byName.get(name));
  }

  /** With this profile, in place of one of the same name. */
  Profiles with(String name, Profile profile) {
    Map<String, Profile> all = new TreeMap<>(byName);
    all.put(name, profile);
    return new Profiles(all, used);
  }

  /** Without the profile of this name, which is then not used any more. */
  Profiles without(String name) {
    Map<String, Profile> all = new TreeMap<>(byName);
    all.remove(name);
    return new Profiles(all, used.filter(other -> !other.equals(name)));
  }

  /** The same profiles, of which this one is used where no other is named. */
  Profiles using(String name) {
    return new Profiles(byName, Optional.of(name));
  }
}
