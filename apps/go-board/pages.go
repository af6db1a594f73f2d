package main

import (
	"encoding/json"
	"errors"
	"html/template"
	"log"
	"net/http"
	"strings"
)

// Pages are made from a template that is read when the program starts.
type Pages struct {
	template *template.Template
}

// LoadPages reads the template.
func LoadPages(file string) (*Pages, error) {
	read, err := template.ParseFiles(file)
	return &Pages{read}, err
}

type view struct {
	Cards    []Card
	Kinds    []string
	Draft    Card
	Problems map[string]string
	Thanks   *Card
	Gone     bool
}

// Front shows the board.
func (p *Pages) Front(board *Board) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path != "/" {
			http.NotFound(w, r)
			return
		}
		p.show(w, board, http.StatusOK, view{Gone: r.URL.Query().Has("gone")})
	}
}

// Pin adds a card: from the form of the front page, or for a program that asks for JSON.
func (p *Pages) Pin(board *Board) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		if !allows(w, r, http.MethodPost) {
			return
		}
		draft := Card{
			Title:  strings.TrimSpace(r.FormValue("title")),
			Text:   strings.TrimSpace(r.FormValue("text")),
			Kind:   r.FormValue("kind"),
			Listed: r.FormValue("listed") != "false",
		}
		if problems := draft.Problems(); len(problems) > 0 {
			p.answer(w, r, board, http.StatusUnprocessableEntity, map[string]any{"problems": problems}, view{Draft: draft, Problems: problems})
			return
		}
		card, err := board.Pin(draft)
		switch {
		case errors.Is(err, errFull):
			problems := map[string]string{"title": err.Error()}
			p.answer(w, r, board, http.StatusServiceUnavailable, map[string]any{"problems": problems}, view{Draft: draft, Problems: problems})
		case err != nil:
			failed(w, err)
		default:
			p.answer(w, r, board, http.StatusCreated, card, view{Thanks: &card})
		}
	}
}

// Card answers for one card: what it says, or taking it off.
func (p *Pages) Card(board *Board) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		id, action, _ := strings.Cut(strings.TrimPrefix(r.URL.Path, "/cards/"), "/")
		switch {
		case action == "take-off" && allows(w, r, http.MethodPost):
			p.takeOff(w, r, board, id)
		case action == "" && allows(w, r, http.MethodGet, http.MethodHead):
			card, found := board.Card(id)
			if !found {
				http.NotFound(w, r)
				return
			}
			card.Key = ""
			writeJSON(w, http.StatusOK, card)
		case action != "" && action != "take-off":
			http.NotFound(w, r)
		}
	}
}

func (p *Pages) takeOff(w http.ResponseWriter, r *http.Request, board *Board, id string) {
	err := board.TakeOff(id, r.FormValue("key"))
	switch {
	case errors.Is(err, errNoCard):
		http.Error(w, err.Error(), http.StatusNotFound)
	case err != nil:
		failed(w, err)
	default:
		http.Redirect(w, r, "/?gone", http.StatusSeeOther)
	}
}

// Health says whether cards can be read.
func Health(board *Board) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		if err := board.Check(); err != nil {
			log.Printf("Not healthy: %v", err)
			writeJSON(w, http.StatusServiceUnavailable, map[string]any{"status": "failing"})
			return
		}
		writeJSON(w, http.StatusOK, map[string]any{"status": "ok"})
	}
}

// answer speaks JSON to programs that ask for it, and shows a page to everybody else.
func (p *Pages) answer(w http.ResponseWriter, r *http.Request, board *Board, status int, value any, page view) {
	if strings.Contains(r.Header.Get("Accept"), "application/json") {
		writeJSON(w, status, value)
		return
	}
	p.show(w, board, status, page)
}

func (p *Pages) show(w http.ResponseWriter, board *Board, status int, page view) {
	page.Cards, page.Kinds = board.Cards(), Kinds
	if page.Draft.Kind == "" {
		page.Draft.Kind = Kinds[0]
	}
	var text strings.Builder
	if err := p.template.Execute(&text, page); err != nil {
		failed(w, err)
		return
	}
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.Header().Set("Cache-Control", "no-store")
	w.WriteHeader(status)
	w.Write([]byte(text.String()))
}

func allows(w http.ResponseWriter, r *http.Request, methods ...string) bool {
	if contains(methods, r.Method) {
		return true
	}
	w.Header().Set("Allow", strings.Join(methods, ", "))
	http.Error(w, "Not this way.", http.StatusMethodNotAllowed)
	return false
}

func writeJSON(w http.ResponseWriter, status int, value any) {
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	json.NewEncoder(w).Encode(value)
}

func failed(w http.ResponseWriter, err error) {
	log.Printf("Failed: %v", err)
	http.Error(w, "That did not work. It is our fault; please try again later.", http.StatusInternalServerError)
}
