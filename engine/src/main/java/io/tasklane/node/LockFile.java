package io.tasklane.node;

/**
 * The file that a start of a node holds locked, as its lease says.
 *
 * @param host where it is; locks are known only there
 * @param path of it
 * @param id of the file itself, because another host may have another file at that path; empty if
 *     there is none
 */
record LockFile(String host, String path, String id) {}
