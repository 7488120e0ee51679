/// The load generator of `samskap bench`.
public enum Bench {}
