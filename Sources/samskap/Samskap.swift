@main
struct Samskap {
    static func main() { print("samskap") }
}
