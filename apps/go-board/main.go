// The board: addresses, start and stop. Cards are in board.go, pages in pages.go.
package main

import (
	"context"
	"errors"
	"fmt"
	"log"
	"net/http"
	"os"
	"os/signal"
	"syscall"
	"time"
)

func main() {
	log.SetFlags(0)
	board, err := OpenBoard(setting("BOARD_FILE", "board.json"), time.Now)
	if err != nil {
		log.Fatalf("The cards cannot be read: %v", err)
	}
	pages, err := LoadPages("templates/board.html")
	if err != nil {
		log.Fatalf("The page cannot be read: %v", err)
	}

	server := &http.Server{
		Addr:              ":" + setting("PORT", "8000"),
		Handler:           routes(board, pages),
		ReadHeaderTimeout: 10 * time.Second,
		ReadTimeout:       20 * time.Second,
		// Longer than any proxy in front keeps an idle connection: it, not we, should be the one to close.
		IdleTimeout: 75 * time.Second,
	}
	stopping, stop := signal.NotifyContext(context.Background(), syscall.SIGTERM, os.Interrupt)
	defer stop()
	go func() {
		<-stopping.Done()
		patience, done := context.WithTimeout(context.Background(), 8*time.Second)
		defer done()
		server.Shutdown(patience)
	}()

	fmt.Printf("Listening on port %s.\n", server.Addr[1:])
	if err := server.ListenAndServe(); !errors.Is(err, http.ErrServerClosed) {
		log.Fatal(err)
	}
}

func routes(board *Board, pages *Pages) http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("/", pages.Front(board))
	mux.HandleFunc("/cards", pages.Pin(board))
	mux.HandleFunc("/cards/", pages.Card(board))
	mux.HandleFunc("/health", Health(board))
	mux.Handle("/static/", http.StripPrefix("/static/", http.FileServer(http.Dir("static"))))
	return guarded(mux)
}

// guarded sets what keeps a page from doing what it should not, and bounds what visitors send.
func guarded(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Security-Policy", "default-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'")
		w.Header().Set("X-Content-Type-Options", "nosniff")
		w.Header().Set("Referrer-Policy", "same-origin")
		r.Body = http.MaxBytesReader(w, r.Body, 16<<10)
		next.ServeHTTP(w, r)
	})
}

func setting(name, otherwise string) string {
	if value := os.Getenv(name); value != "" {
		return value
	}
	return otherwise
}
